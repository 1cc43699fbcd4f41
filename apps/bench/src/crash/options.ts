import { parseArgs } from 'node:util';
import { wholeNumber } from '../harness/whole-number.ts';

export interface CrashOptions {
  readonly awards: number;
  readonly kills: number;
  readonly carrier: 'local' | 'kafka';
  readonly seed: number;
  /** Where the report is written as JSON, beside what is printed. */
  readonly report: string | undefined;
}

/** @throws RangeError or TypeError that says what is wrong with the command line. */
export function crashOptions(parameters: readonly string[]): CrashOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      awards: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '20' },
      carrier: { type: 'string', default: 'local' },
      seed: { type: 'string', default: '1' },
      report: { type: 'string' },
    },
  });
  const { carrier, report } = values;
  if (carrier !== 'local' && carrier !== 'kafka') throw new RangeError(`--carrier is local or kafka, not "${carrier}".`);
  return { awards: wholeNumber(values.awards, 'awards'), kills: wholeNumber(values.kills, 'kills'), carrier, seed: wholeNumber(values.seed, 'seed'), report };
}
