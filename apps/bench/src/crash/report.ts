import type { Findings } from './check/checker.ts';
import type { KillDone } from './killer.ts';
import type { CrashOptions } from './options.ts';

/** What a run came to; `findings` are to be empty. */
export interface Report {
  readonly options: CrashOptions;
  readonly seconds: number;
  readonly institutions: number;
  readonly awards: number;
  readonly acknowledged: number;
  readonly retries: number;
  readonly refused: readonly string[];
  readonly events: number;
  readonly notStoppedInOrder: readonly string[];
  readonly kills: readonly KillDone[];
  readonly findings: Findings;
}

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** How often each thing was killed at each place, and how long it took to come back. */
function killTable(kills: readonly KillDone[]): string[] {
  const groups = Map.groupBy(kills, ({ target, point }) => `| ${target} | ${point} |`);
  const rows = [...groups].map(([place, of]) => `${place} ${of.length} | ${(middle(of.map(({ backMs }) => backMs)) / 1000).toFixed(1)} s |`);
  return ['| killed | where it stood | times | back after (median) |', '|---|---|---|---|', ...rows.sort()];
}

const worst = (name: string, found: readonly string[]): string[] =>
  found.length === 0 ? [] : [`${name}: ${found.slice(0, 10).join('; ')}${found.length > 10 ? ' …' : ''}`];

export const isClean = ({ findings, refused }: Report): boolean =>
  refused.length === 0 && Object.values(findings).every((found: string[]) => found.length === 0);

/** The report as it may stand on a page. The last line is the figure. */
export function printed(report: Report): string {
  const { findings, options, kills, refused } = report;
  const { lost, doubled, reordered, skipped, deadLetters } = findings;
  return [
    ...killTable(kills),
    '',
    `${report.institutions} institutions, ${report.acknowledged} records answered with 202, ${report.retries} requests sent again, ${report.events} events in the logs.`,
    ...worst('refused', refused),
    ...Object.entries(findings).flatMap(([name, found]: [string, string[]]) => worst(name, found)),
    ...worst('not stopped in order', report.notStoppedInOrder),
    `crash ${options.carrier}: ${report.awards} awards, ${kills.length} kills, ${report.seconds} s: ${deadLetters.length} dead letters, ${lost.length + refused.length} lost, ${doubled.length} doubled, ${reordered.length} reordered, ${skipped.length} skipped`,
  ].join('\n');
}
