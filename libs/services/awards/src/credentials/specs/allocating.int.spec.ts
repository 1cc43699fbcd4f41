import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwardsRegistry, startAwards } from '../../testing/awards-registry.ts';
import { type Entry, allocateEntries } from '../status/allocate-entries.ts';

let registry: AwardsRegistry;
beforeAll(async () => {
  registry = await startAwards();
});
afterAll(() => registry?.close());

const someInstitutions = (count: number): string[] => Array.from({ length: count }, () => `ce-${randomUUID()}`);

/** Allocates in a transaction of its own; `statements` is how many it took. */
async function allocate(wanted: ReadonlyMap<string, number>): Promise<{ entries: Map<string, Entry[]>; statements: number }> {
  let statements = 0;
  const entries = await registry.parts('awards').unitOfWork.run((tx) => {
    const query = tx.query.bind(tx);
    const counted = { query: (...given: Parameters<typeof tx.query>) => ((statements += 1), query(...given)) };
    return allocateEntries(counted as typeof tx, wanted);
  });
  return { entries, statements };
}
const places = (entries: Iterable<Entry>): string[] => [...entries].map(({ listId, index }) => `${listId} ${index}`);
const usedOf = (institutionCtid: string) =>
  registry.sql<{ number: number; used: number; set: number }>(
    `select number, used, bit_count(allocated)::int as set from status_list where institution_ctid = $1 order by number`,
    [institutionCtid],
  );

describe('entries of status lists', () => {
  it('are allocated for many institutions in as many statements as for one, each with a list of its own', async () => {
    const one = await allocate(new Map([[someInstitutions(1)[0]!, 3]]));
    const ctids = someInstitutions(25);
    const all = await allocate(new Map(ctids.map((ctid, at) => [ctid, at + 1])));
    expect(all.statements).toBe(one.statements);
    expect(ctids.map((ctid) => all.entries.get(ctid)!.length)).toEqual(ctids.map((_, at) => at + 1));
    expect(new Set([...all.entries.values()].map(([entry]) => entry!.listId)).size).toBe(25);
    expect(await usedOf(ctids[24]!)).toEqual([{ number: 1, used: 25, set: 25 }]);
  });

  it('never go to two, however many ask at once', async () => {
    const ctids = someInstitutions(3);
    const wanted = new Map(ctids.map((ctid) => [ctid, 40]));
    const found = await Promise.all(Array.from({ length: 6 }, () => allocate(wanted)));
    const all = found.flatMap(({ entries }) => places([...entries.values()].flat()));
    expect(new Set(all).size).toBe(6 * 3 * 40);
    for (const ctid of ctids) expect(await usedOf(ctid)).toEqual([{ number: 1, used: 240, set: 240 }]);
  });

  it('come from the next list once three quarters of one are taken', async () => {
    const [ctid] = someInstitutions(1) as [string];
    await allocate(new Map([[ctid, 98_300]]));
    const { entries } = await allocate(new Map([[ctid, 10]]));
    expect(Map.groupBy(entries.get(ctid)!, ({ listId }) => listId).size).toBe(2);
    expect(await usedOf(ctid)).toEqual([
      { number: 1, used: 98_304, set: 98_304 },
      { number: 2, used: 6, set: 6 },
    ]);
  });
});
