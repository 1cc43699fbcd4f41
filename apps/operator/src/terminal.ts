/** Where things go: what was asked for to standard output, progress and problems to standard error. */
export interface Terminal {
  line(text: string): void;
  problem(text: string): void;
  /** How far a long piece of work has come; each note takes the place of the one before. */
  progress(text: string): void;
  readonly raw: (text: string) => void;
  readonly rawProblem: (text: string) => void;
}

/** Characters that would move the cursor or colour the terminal have no place in a report. */
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

const CLEAR_LINE = '\r\u001b[K';

/** Progress appears on a terminal only, never in a log. */
export function terminalOf({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  let noted = false;
  const clear = (): void => {
    if (noted) stderr.write(CLEAR_LINE);
    noted = false;
  };
  return {
    line(text) {
      clear();
      stdout.write(`${text.split('\n').map(printable).join('\n')}\n`);
    },
    problem(text) {
      clear();
      stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
    },
    progress(text) {
      if (!stderr.isTTY) return;
      stderr.write(`${CLEAR_LINE}${printable(text)}`);
      noted = true;
    },
    raw: (text) => void stdout.write(text),
    rawProblem: (text) => void stderr.write(text),
  };
}

/** Columns as wide as what stands in them. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  return [heading, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
