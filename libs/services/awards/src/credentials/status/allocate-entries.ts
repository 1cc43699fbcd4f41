import { randomInt } from 'node:crypto';
import { LEAST_ENTRIES, roomIn, unusedIndexes } from '@mcr/credentials';
import type { Transaction } from '@mcr/database';
import { type OpenList, insertLists, lockNewestLists, updateLists } from '../../storage/status-list-store.ts';

/** A place in a list that nobody else has. */
export interface Entry {
  readonly listId: string;
  readonly index: number;
}

/** How many entries an institution wants. */
export type Wanted = ReadonlyMap<string, number>;

/** Begins a list for each institution whose newest one has no room, or that has none. */
async function roomyLists(tx: Transaction, institutionCtids: readonly string[]): Promise<OpenList[]> {
  for (;;) {
    const lists = await lockNewestLists(tx, institutionCtids);
    const newest = new Map(lists.map((list) => [list.institutionCtid, list]));
    const without = institutionCtids.filter((ctid) => roomOf(newest.get(ctid)) === 0);
    if (without.length === 0) return lists;
    await insertLists(
      tx,
      without.map((institutionCtid) => ({ institutionCtid, number: (newest.get(institutionCtid)?.number ?? 0) + 1 })),
      LEAST_ENTRIES,
    );
  }
}

const roomOf = (list: OpenList | undefined): number => (list ? roomIn(list.used, list.entries) : 0);

/**
 * So many random entries of the lists of each institution, in as many statements for all of them as for one. They are taken for good once the
 * transaction has committed: one that is never used stays like that of a good credential.
 */
export async function allocateEntries(tx: Transaction, wanted: Wanted): Promise<Map<string, Entry[]>> {
  const entries = new Map([...wanted.keys()].map((institutionCtid) => [institutionCtid, [] as Entry[]]));
  const missing = (institutionCtid: string): number => wanted.get(institutionCtid)! - entries.get(institutionCtid)!.length;
  for (;;) {
    const left = [...wanted.keys()].filter((institutionCtid) => missing(institutionCtid) > 0);
    if (left.length === 0) return entries;
    const lists = (await roomyLists(tx, left)).map((list) => {
      const { indexes, bits } = unusedIndexes(
        Math.min(missing(list.institutionCtid), roomOf(list)),
        { ...list, bits: list.allocated, length: list.entries },
        randomInt,
      );
      entries.get(list.institutionCtid)!.push(...indexes.map((index) => ({ listId: list.listId, index })));
      return { ...list, allocated: Buffer.from(bits), used: list.used + indexes.length };
    });
    await updateLists(tx, lists);
  }
}
