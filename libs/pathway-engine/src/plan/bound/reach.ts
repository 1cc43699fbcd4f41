import type { Problem } from './problem.ts';
import type { RowTree } from './rows.ts';

/** Whether the rows could be full if every source that is given put all it has everywhere at once. False is proof that they cannot. */
export function withinReach(problem: Problem, isThere: (source: number) => boolean): boolean {
  const { sources, rowCount, rows, limitRows } = problem;
  const full = new Float64Array(rowCount);
  for (const [index, { gifts }] of sources.entries()) {
    if (!isThere(index)) continue;
    for (const { atPlace, anywhere } of gifts) {
      for (const shares of atPlace) for (const { row, amount } of shares) full[row]! += amount;
      for (const { row, amount } of anywhere) full[row]! += amount;
    }
  }
  // Shares are fractions: sums that should be 1 may miss it by a hair.
  const isFull = (row: number): boolean => full[row]! > 1 - 1e-9;
  return isReached(rows, isFull) && limitRows.every(({ row }) => isFull(row));
}

function isReached(node: RowTree, isFull: (row: number) => boolean): boolean {
  if (node.kind === 'FREE') return true;
  if (node.kind === 'ROW') return isFull(node.row);
  let reached = 0;
  for (const child of node.of) if (isReached(child, isFull)) reached += 1;
  return reached >= node.k;
}
