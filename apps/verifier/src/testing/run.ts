import { runVerifier, type Surroundings } from '../command.ts';
import type { Terminal } from '../report/terminal.ts';
import { NOW } from './badges.ts';

/** A run of the command line at `NOW`, with all that it wrote. */
export async function run(words: readonly string[], given: Partial<Surroundings> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    line: (text) => void out.push(text),
    problem: (text) => void err.push(text),
    raw: (text) => void out.push(text),
    rawProblem: (text) => void err.push(text),
  };
  const code = await runVerifier(['node', 'verify', ...words], { terminal, environment: {}, clock: () => NOW, ...given });
  return { code, out: out.join('\n'), err: err.join('\n'), verdict: out.at(-1) };
}
