import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { english } from '@mcr/event-kit';
import { institutionCtid, institutionEntry, pathwayCtid, pathwayEntry } from '../../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../../testing/open-registry.ts';
import { allOf } from '../../testing/pages.ts';
import { upsertInstitutions, upsertPathways } from '../../write/index.ts';
import { pathways, pathwaysByCtid } from '../index.ts';

let registry: OpenRegistry;
beforeAll(async () => {
  registry = await openRegistry();
  await upsertInstitutions(registry.writer, [institutionEntry(1)]);
  const names = ['Écologie', 'accounting', 'Design', 'accounting'];
  await upsertPathways(
    registry.writer,
    names.map((name, at) =>
      pathwayEntry(at + 1, { name: english(name), ownedBy: institutionCtid((at % 2) + 1), ...(at === 2 && { destinationType: 'DEGREE' }) }),
    ),
  );
});
afterAll(() => registry.close());

const listed = async (filter = {}) => (await pathways(registry.reader, { filter, first: 10 })).edges.map(({ node }) => node.ctid);

describe('The pathways of the registry', () => {
  it('are listed by name, without regard to case and accents, page by page as all at once', async () => {
    const all = [2, 4, 3, 1].map(pathwayCtid);
    expect(await listed()).toEqual(all);
    const paged = await allOf(1, (request) => pathways(registry.reader, request));
    expect(paged.map(({ ctid }) => ctid)).toEqual(all);
    expect(await pathways(registry.reader, { first: 0 })).toMatchObject({ totalCount: 4, edges: [] });
  });

  it('are those that the filter leaves', async () => {
    expect(await listed({ institution: 'IA' })).toEqual([3, 1].map(pathwayCtid));
    expect(await listed({ destinationType: 'DEGREE' })).toEqual([pathwayCtid(3)]);
    expect(await listed({ status: 'RETIRED' })).toEqual([]);
    expect(await listed({ institution: 'NOBODY' })).toEqual([]);
  });

  it('are found by their CTIDs, in any case, with the tree and the name of the owner', async () => {
    const [found, missing] = await pathwaysByCtid(registry.reader, [pathwayCtid(1).toUpperCase(), pathwayCtid(9)]);
    expect(found).toMatchObject({ ctid: pathwayCtid(1), ownedBy: { code: 'IA' }, requirement: { node: 'COURSE' }, limits: [], sharing: null, endDate: null });
    expect(missing).toBeUndefined();
    expect((await pathwaysByCtid(registry.reader, [pathwayCtid(2)]))[0]).toMatchObject({ ownerCtid: institutionCtid(2), ownedBy: null });
  });
});
