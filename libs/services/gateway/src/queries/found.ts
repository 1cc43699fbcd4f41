import { Refusal } from '@mcr/event-kit';
import type DataLoader from 'dataloader';

async function loaded<Row>(loader: DataLoader<string, Row | undefined>, ctids: readonly string[]): Promise<(Row | undefined)[]> {
  const rows = await loader.loadMany(ctids);
  return rows.map((row) => {
    if (row instanceof Error) throw row;
    return row;
  });
}

const isThere = <Row>(row: Row | undefined): row is Row => row !== undefined;

/** What the registry has of these, in their order; what has not arrived there yet is left out. */
export async function found<Row>(loader: DataLoader<string, Row | undefined>, ctids: readonly string[]): Promise<Row[]> {
  return (await loaded(loader, ctids)).filter(isThere);
}

/** All of these, in their order: what they are together would be something else without one of them. @throws Refusal UNAVAILABLE before all have arrived. */
export async function allOf<Row>(loader: DataLoader<string, Row | undefined>, ctids: readonly string[]): Promise<Row[]> {
  const rows = (await loaded(loader, ctids)).filter(isThere);
  if (rows.length === ctids.length) return rows;
  throw new Refusal('UNAVAILABLE', 'The registry has not heard yet of all that the answer names.', { retryAfterSeconds: 2 });
}
