import { randomInt } from 'node:crypto';
import { LEAST_ENTRIES, roomIn, unusedIndexes } from '@mcr/credentials';
import type { Transaction } from '@mcr/database';
import { type OpenList, insertList, lockNewestList, updateList } from '../../storage/status-list-store.ts';

/** A place in a list that nobody else has. */
export interface Entry {
  readonly listId: string;
  readonly index: number;
}

function takenIn({ allocated, entries }: OpenList): Set<number> {
  const taken = new Set<number>();
  for (let index = 0; index < entries; index += 1) if (allocated[index >> 3]! & (128 >> (index & 7))) taken.add(index);
  return taken;
}

async function roomyList(tx: Transaction, institutionCtid: string): Promise<OpenList> {
  for (;;) {
    const newest = await lockNewestList(tx, institutionCtid);
    if (newest && roomIn(newest.used, newest.entries) > 0) return newest;
    await insertList(tx, institutionCtid, (newest?.number ?? 0) + 1, LEAST_ENTRIES);
  }
}

/**
 * So many random entries of the institution's lists. They are taken for good once the transaction has committed: one that is never used stays like
 * that of a good credential.
 */
export async function allocateEntries(tx: Transaction, institutionCtid: string, count: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  while (entries.length < count) {
    const list = await roomyList(tx, institutionCtid);
    const some = Math.min(count - entries.length, roomIn(list.used, list.entries));
    const indexes = unusedIndexes(some, takenIn(list), randomInt, list.entries);
    const allocated = Buffer.from(list.allocated);
    for (const index of indexes) allocated[index >> 3]! |= 128 >> (index & 7);
    await updateList(tx, { ...list, allocated, used: list.used + some });
    entries.push(...indexes.map((index) => ({ listId: list.listId, index })));
  }
  return entries;
}
