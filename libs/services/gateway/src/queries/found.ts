import type DataLoader from 'dataloader';

/** What the registry has of these, in their order; what has not arrived there yet is left out. */
export async function found<Row>(loader: DataLoader<string, Row | undefined>, ctids: readonly string[]): Promise<Row[]> {
  const known = await loader.loadMany(ctids);
  return known.filter((row): row is Awaited<Row> => row !== undefined && !(row instanceof Error));
}
