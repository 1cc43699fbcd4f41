import { standAgainst } from '../ties.ts';
import type { Imported, Listed } from '../proposal.ts';

type Made = Imported['agreements'][number];

const againstRow = (row: number, other: number): Listed => ({
  row,
  code: 'CONTRADICTION',
  message: `Row ${other} gives something else for the same learning on some of the same days, and nothing says which goes first.`,
  hint: 'End one of them before the other begins, or list them by hand with a priority.',
});

/** Each row that says something else than another one about the same learning at the same receiver; the registry would refuse the second. */
export function contradictionsAmong(agreements: readonly Made[]): Listed[] {
  const listed = new Map<number, Listed>();
  for (const [one, other] of standAgainst(agreements)) {
    const [a, b] = [one.rows[0]!, other.rows[0]!];
    if (!listed.has(a)) listed.set(a, againstRow(a, b));
    if (!listed.has(b)) listed.set(b, againstRow(b, a));
  }
  return [...listed.values()];
}
