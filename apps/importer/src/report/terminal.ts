import { SingleBar } from 'cli-progress';

export interface Progress {
  advance(count: number): void;
  finish(): void;
}

/** Where the report goes: the report itself to standard output, progress and problems to standard error. */
export interface Terminal {
  line(text: string): void;
  problem(text: string): void;
  progress(label: string, total: number): Progress;
  readonly raw: (text: string) => void;
  readonly rawProblem: (text: string) => void;
}

/** Characters that would move the cursor or colour the terminal have no place in a report. */
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
const lines = (text: string): string => `${text.split('\n').map(printable).join('\n')}\n`;
const silent: Progress = { advance: () => undefined, finish: () => undefined };

/** A progress bar appears on a terminal only, never in a log. */
export function terminalOf({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  return {
    line: (text) => void stdout.write(lines(text)),
    problem: (text) => void stderr.write(lines(text)),
    raw: (text) => void stdout.write(text),
    rawProblem: (text) => void stderr.write(text),
    progress(label, total) {
      if (!stderr.isTTY || total === 0) return silent;
      const bar = new SingleBar({
        format: `${label.padEnd(12)} {bar} {value}/{total}  {duration_formatted}`,
        stream: stderr,
        hideCursor: true,
        clearOnComplete: true,
        barsize: 30,
      });
      bar.start(total, 0);
      return { advance: (count) => bar.increment(count), finish: () => bar.stop() };
    },
  };
}
