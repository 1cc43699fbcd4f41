import { SingleBar } from 'cli-progress';

/** Where the demonstration says what it does. A pino logger is one, and so is the console. */
export interface ProgressLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface Progress {
  advance(count: number): void;
  /** The last word about the step; also when nothing was left to do. */
  finish(): void;
}

/** A bar on a terminal; elsewhere one line when the step ends. */
export function startProgress(label: string, total: number, log: ProgressLog, terminal: NodeJS.WriteStream = process.stderr): Progress {
  let count = 0;
  const started = Date.now();
  const bar = terminal.isTTY
    ? new SingleBar({ format: `  ${label.padEnd(20)} {bar} {value}/{total}`, stream: terminal, hideCursor: true, barsize: 30 })
    : undefined;
  bar?.start(total, 0);
  return {
    advance(more) {
      count += more;
      bar?.update(count);
    },
    finish() {
      bar?.stop();
      if (!bar) log.info(`Demonstration: ${label}, ${count} of ${total} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    },
  };
}
