/** Where things go: the verdict to standard output, problems to standard error. */
export interface Terminal {
  line(text: string): void;
  problem(text: string): void;
  readonly raw: (text: string) => void;
  readonly rawProblem: (text: string) => void;
}

/** Characters that would move the cursor or colour the terminal have no place in a report. */
// eslint-disable-next-line no-control-regex
const printable = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

const lines = (text: string): string => `${text.split('\n').map(printable).join('\n')}\n`;

export const terminalOf = ({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal => ({
  line: (text) => void stdout.write(`${printable(text)}\n`),
  problem: (text) => void stderr.write(lines(text)),
  raw: (text) => void stdout.write(text),
  rawProblem: (text) => void stderr.write(text),
});
