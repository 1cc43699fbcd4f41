/**
 * The rows that an insert wrote, by name. Nearly always it writes all of them, and then it need not name them: `some` is null,
 * or an empty set when there were none at all.
 */
export const newOnes = <Row>(rows: readonly Row[], some: readonly string[] | null, nameOf: (row: Row) => string): Set<string> =>
  new Set(some ?? rows.map(nameOf));
