/** The middle of several measurements of the same thing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

/** How long `work` took, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const perSecond = (count: number, ms: number): number => Math.round((count * 1000) / ms);

/** One line: what was measured, its rate, the baseline's rate, and their ratio against the goal. */
export function printRate(what: string, measured: { count: number; ms: number }, baseline: { count: number; ms: number }, goal: number): number {
  const [rate, base] = [perSecond(measured.count, measured.ms), perSecond(baseline.count, baseline.ms)];
  const ratio = rate / base;
  console.log(`  ${what.padEnd(44)} ${String(rate).padStart(7)}/s   baseline ${String(base).padStart(7)}/s   ratio ${ratio.toFixed(2)} (goal ≥ ${goal})`);
  return ratio;
}
