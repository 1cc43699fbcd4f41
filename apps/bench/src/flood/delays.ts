import { percentile } from '../harness/figures.ts';

/** The onlooker may wait so many times as long as without the flood. */
const GOAL = 2;

export function printDelays(before: readonly number[], during: readonly number[]): void {
  const at = (delays: readonly number[], share: number): string => `${percentile(delays, share).toFixed(0)} ms`;
  const ratio = percentile(during, 0.99) / percentile(before, 0.99);
  console.log(`  an onlooker's record, sent until shown   without: p50 ${at(before, 0.5)}, p99 ${at(before, 0.99)} (${before.length} records)`);
  console.log(
    `  ${' '.repeat(41)}with: p50 ${at(during, 0.5)}, p99 ${at(during, 0.99)} (${during.length} records)   ratio of p99 ${ratio.toFixed(2)} (goal ≤ ${GOAL})`,
  );
}
