import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal, english } from '@mcr/event-kit';
import { institutionCtid, institutionEntry, microCredentialCtid, microCredentialEntry } from '../../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../../testing/open-registry.ts';
import { allOf } from '../../testing/pages.ts';
import { type MicroCredentialEntry, upsertInstitutions, upsertMicroCredentials } from '../../write/index.ts';
import { microCredentialVersions } from './micro-credential-versions.ts';
import { microCredentialsByCtid } from './micro-credentials-by-ctid.ts';
import { type MicroCredentialsRequest, microCredentials } from './micro-credentials.ts';

const catalogue: [name: string, changes: Partial<MicroCredentialEntry>][] = [
  ['Métis Governance', { description: english('Learners run a council.') }],
  ['Cybersecurity Analysis', { ownedBy: institutionCtid(2), offeredBy: [institutionCtid(2), institutionCtid(1)], totalHours: 120, isNonCredit: false }],
  ['Welding Basics', { totalHours: 16.5 }],
  ['Applied Art for Builders', { description: english('A history of the Métis, and a little welding.'), dateEffective: '2026-06-01' }],
  [
    'Soins infirmiers',
    { name: { 'en-CA': 'Nursing Refresher', 'fr-CA': 'Soins infirmiers à distance' }, ownedBy: institutionCtid(2), offeredBy: [institutionCtid(2)] },
  ],
  [
    'Data Essentials',
    { keyword: ['spreadsheets', 'charts'], competencies: [{ ctid: 'ce-x', competencyText: 'Interpret a histogram.' }], codedNotation: 'DATA-101' },
  ],
  ['Élan Vital', {}],
  ['Zero Waste Kitchens', {}],
];

let registry: OpenRegistry;
beforeAll(async () => {
  registry = await openRegistry();
  await registry.writer.transaction(async (tx) => {
    await upsertInstitutions(tx, [institutionEntry(1, { code: 'BCIT' }), institutionEntry(2, { code: 'UBC' })]);
    await upsertMicroCredentials(
      tx,
      catalogue.map(([name, changes], at) => microCredentialEntry(at + 1, { name: english(name), ...changes })),
    );
    await upsertMicroCredentials(tx, [microCredentialEntry(3, { version: 2, aggregateVersion: 2, name: english('Welding Basics, Revised'), totalHours: 20 })]);
  });
});
afterAll(() => registry.close());

const ask = (request: Partial<MicroCredentialsRequest>) => microCredentials(registry.reader, { first: 100, ...request });
const names = async (request: Partial<MicroCredentialsRequest>) => (await ask(request)).edges.map(({ node }) => node.name['en-CA']);

describe('The search of the catalogue', () => {
  it.each(['Métis', 'metis', 'METIS', 'Me\u0301tis', 'mÉTIS '])('finds "%s" whatever its case and accents, the name before the description', async (search) => {
    expect(await names({ search })).toEqual(['Métis Governance', 'Applied Art for Builders']);
  });

  it.each([
    ['another form of a word', 'weld', ['Welding Basics, Revised', 'Applied Art for Builders']],
    ['a word that is only begun', 'cyber', ['Cybersecurity Analysis']],
    ['all of several words', 'welding history', ['Applied Art for Builders']],
    ['words of which one is nowhere', 'welding submarines', []],
    ['a French name', 'soins a distance', ['Nursing Refresher']],
    ['a keyword', 'Spreadsheet', ['Data Essentials']],
    ['a competency', 'histograms', ['Data Essentials']],
    ['a code', 'data-101', ['Data Essentials']],
    ['a typing error', 'cybersecurty', ['Cybersecurity Analysis']],
    ['another typing error', 'nursimg', ['Nursing Refresher']],
    ['nothing by letters that words share by chance', 'zeal basis', []],
    ['a typing error in French', 'infirmiesr', ['Nursing Refresher']],
    ['a typing error in one of two words', 'metiss governnance', ['Métis Governance']],
    ['an earlier version', 'revised', ['Welding Basics, Revised']],
  ])('finds by %s', async (_what, search, expected) => {
    expect(await names({ search })).toEqual(expected);
  });

  it.each([undefined, null, '', '  ', '\u0000', '\ud800'])('shows everything by name for %j', async (search) => {
    expect(await names({ search })).toEqual([
      'Applied Art for Builders',
      'Cybersecurity Analysis',
      'Data Essentials',
      'Élan Vital',
      'Métis Governance',
      'Nursing Refresher',
      'Welding Basics, Revised',
      'Zero Waste Kitchens',
    ]);
  });

  it.each([
    '& | !',
    "'; drop table registry.micro_credential; --",
    '%',
    '_',
    '\\',
    '"',
    "'",
    '(((',
    ':*',
    '!!!',
    '<->',
    '🪶',
    'x'.repeat(10_000),
    '<script>alert(1)</script>',
    '\u202Eabc',
  ])('finds nothing, and does no harm, for hostile text %#', async (search) => {
    expect(await ask({ search })).toMatchObject({ totalCount: 0, edges: [] });
  });

  it('takes words out of hostile text', async () => {
    expect(await names({ search: `welding\u0000 & ! | :* "' \u202E -- ` })).toEqual(await names({ search: 'welding' }));
  });
});

describe('The list of micro-credentials', () => {
  it('keeps to institution, credit and hours, both ends included', async () => {
    expect(await names({ filter: { institution: 'UBC' } })).toEqual(['Cybersecurity Analysis', 'Nursing Refresher']);
    expect(await names({ filter: { institution: 'BCIT', isNonCredit: false } })).toEqual(['Cybersecurity Analysis']);
    expect(await names({ filter: { minHours: 20, maxHours: 20 } })).toEqual(['Welding Basics, Revised']);
    expect(await names({ filter: { maxHours: 19.99 } })).toEqual([]);
    expect(await names({ search: 'metis', filter: { institution: 'UBC' } })).toEqual([]);
    expect(await names({ filter: { status: 'RETIRED' } })).toEqual([]);
    expect(await names({ filter: { institution: 'U\u0000BC' } })).toEqual([]);
  });

  it('comes in the order asked for', async () => {
    expect((await names({ orderBy: 'TOTAL_HOURS' })).at(0)).toBe('Welding Basics, Revised');
    expect((await names({ orderBy: 'TOTAL_HOURS' })).at(-1)).toBe('Cybersecurity Analysis');
    expect((await names({ orderBy: 'NEWEST' })).at(0)).toBe('Applied Art for Builders');
    expect(await names({ search: 'metis', orderBy: 'NAME' })).toEqual(['Applied Art for Builders', 'Métis Governance']);
  });

  it.each(['RELEVANCE', 'NAME', 'TOTAL_HOURS', 'NEWEST'] as const)('shows each once, whatever the size of a page, by %s', async (orderBy) => {
    for (const search of ['', 'weld', 'metis']) {
      const whole = await ask({ search, orderBy });
      for (const first of [1, 3]) {
        const paged = await allOf(first, (page) => ask({ search, orderBy, ...page }));
        expect(paged).toEqual(whole.edges.map(({ node }) => node));
        expect(paged).toHaveLength(whole.totalCount);
      }
    }
  });

  it('refuses the cursor of another order', async () => {
    const { pageInfo } = await ask({ first: 1, orderBy: 'NAME' });
    await expect(ask({ first: 1, orderBy: 'NEWEST', after: pageInfo.endCursor })).rejects.toThrow(Refusal);
  });
});

describe('Micro-credentials by key', () => {
  it('come in the order asked, the current version of each', async () => {
    const [revised, none, upper] = await microCredentialsByCtid(registry.reader, [
      microCredentialCtid(3),
      microCredentialCtid(99),
      microCredentialCtid(2).toUpperCase(),
    ]);
    expect(revised).toMatchObject({ version: 2, totalHours: 20, ownedBy: { code: 'BCIT' } });
    expect(none).toBeUndefined();
    expect(upper).toMatchObject({ name: english('Cybersecurity Analysis'), ownedBy: { code: 'UBC' }, offeredBy: [institutionCtid(2), institutionCtid(1)] });
  });

  it('come as they were in an earlier version', async () => {
    const ctid = microCredentialCtid(3);
    const versions = await microCredentialVersions(registry.reader, [
      { ctid, version: 2 },
      { ctid, version: 1 },
      { ctid, version: 3 },
    ]);
    expect(versions.map((version) => version?.totalHours)).toEqual([20, 16.5, undefined]);
  });

  it('come without their owner until its own event has arrived', async () => {
    await registry.writer.transaction((tx) =>
      upsertMicroCredentials(tx, [microCredentialEntry(50, { ownedBy: institutionCtid(9), offeredBy: [institutionCtid(9)] })]),
    );
    expect((await microCredentialsByCtid(registry.reader, [microCredentialCtid(50)]))[0]).toMatchObject({ ownedBy: null });
  });
});
