import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { english } from '@mcr/event-kit';
import { institutionCtid, institutionEntry } from '../../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../../testing/open-registry.ts';
import { allOf } from '../../testing/pages.ts';
import { upsertInstitutions } from '../../write/index.ts';
import { institutionsByCode, institutionsByCtid } from './institutions-by-key.ts';
import { institutions } from './institutions.ts';

let registry: OpenRegistry;
beforeAll(async () => {
  registry = await openRegistry();
  const entries = [
    institutionEntry(1, { code: 'UBC', name: english('University'), agentType: 'UNIVERSITY' }),
    institutionEntry(2, { code: 'BCIT', name: english('Éducation Institute'), status: 'SUSPENDED' }),
    institutionEntry(3, { code: 'CNC', name: english('College'), region: 'Northeast' }),
  ];
  await registry.writer.transaction((tx) => upsertInstitutions(tx, entries));
});
afterAll(() => registry.close());

const codes = async (request: Partial<Parameters<typeof institutions>[1]>) =>
  (await institutions(registry.reader, { first: 100, ...request })).edges.map(({ node }) => node.code);

describe('The list of institutions', () => {
  it('comes by code or by name, accents aside', async () => {
    expect(await codes({})).toEqual(['BCIT', 'CNC', 'UBC']);
    expect(await codes({ orderBy: 'NAME' })).toEqual(['CNC', 'BCIT', 'UBC']);
  });

  it.each(['CODE', 'NAME'] as const)('shows each once, page by page, by %s', async (orderBy) => {
    const paged = await allOf(1, (page) => institutions(registry.reader, { orderBy, ...page }));
    expect(paged.map(({ code }) => code)).toEqual(await codes({ orderBy }));
  });

  it('keeps to state, type and region', async () => {
    expect(await codes({ filter: { status: 'SUSPENDED' } })).toEqual(['BCIT']);
    expect(await codes({ filter: { agentType: 'UNIVERSITY' } })).toEqual(['UBC']);
    expect(await codes({ filter: { region: 'Northeast', status: 'ACTIVE' } })).toEqual(['CNC']);
  });
});

describe('Institutions by key', () => {
  it('come in the order asked, undefined where there is none', async () => {
    const asked = [institutionCtid(3), institutionCtid(9), institutionCtid(1).toUpperCase(), '\u0000'];
    expect((await institutionsByCtid(registry.reader, asked)).map((found) => found?.code)).toEqual(['CNC', undefined, 'UBC', undefined]);
    expect((await institutionsByCode(registry.reader, ['UBC', 'ubc', 'BCIT', "'"])).map((found) => found?.code)).toEqual(['UBC', undefined, 'BCIT', undefined]);
  });
});
