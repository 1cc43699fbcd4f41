import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal, english } from '@mcr/event-kit';
import { awardEntry, awardId, institutionCtid, institutionEntry, microCredentialCtid, microCredentialEntry } from '../../testing/entries.ts';
import { type OpenRegistry, openRegistry } from '../../testing/open-registry.ts';
import { allOf } from '../../testing/pages.ts';
import { upsertAwards, upsertInstitutions, upsertMicroCredentials } from '../../write/index.ts';
import { awardsOfMicroCredentials } from './awards-of-micro-credentials.ts';
import { awards } from './awards.ts';
import { countAwards } from './count-awards.ts';

const asOf = new Date('2026-11-01T00:00:00Z');
let registry: OpenRegistry;

beforeAll(async () => {
  registry = await openRegistry();
  await registry.writer.transaction(async (tx) => {
    await upsertInstitutions(tx, [institutionEntry(1, { code: 'BCIT', name: english('Institute') }), institutionEntry(2, { code: 'UBC' })]);
    await upsertMicroCredentials(tx, [
      microCredentialEntry(1, { name: english('Welding as it was'), version: 1 }),
      microCredentialEntry(1, { name: english('Welding as it is'), version: 2, aggregateVersion: 2 }),
      microCredentialEntry(2),
    ]);
    const day = (number: number) => `2026-10-${String(1 + (number % 7)).padStart(2, '0')}`;
    const many = Array.from({ length: 60 }, (_, number) =>
      awardEntry(number, {
        awardedDate: day(number),
        institutionCtid: institutionCtid(1 + (number % 2)),
        microCredentialCtid: microCredentialCtid(1 + (number % 3)),
        status: number % 10 === 0 ? 'REVOKED' : 'ACTIVE',
      }),
    );
    await upsertAwards(tx, many);
  });
});
afterAll(() => registry.close());

const refusalOf = async (asking: Promise<unknown>): Promise<Refusal> => {
  const outcome = await asking.then(() => undefined).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Refusal);
  return outcome as Refusal;
};

describe('The list of awards', () => {
  it('shows the latest awarded first, each once, whatever the size of a page', async () => {
    const whole = await awards(registry.reader, { asOf, first: 100 });
    const dates = whole.edges.map(({ node }) => node.awardedDate);
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(new Set(whole.edges.map(({ node }) => node.id)).size).toBe(60);
    for (const first of [1, 7, 20, 60])
      expect(await allOf(first, (page) => awards(registry.reader, { asOf, ...page }))).toEqual(whole.edges.map(({ node }) => node));
  });

  it('counts the whole list on every page, also on an empty one', async () => {
    const filter = { institution: 'BCIT', status: 'ACTIVE' } as const;
    const nodes = await allOf(7, (page) => awards(registry.reader, { asOf, filter, ...page }));
    const end = await awards(registry.reader, { asOf, filter, first: 100 });
    const behind = await awards(registry.reader, { asOf, filter, first: 5, after: end.pageInfo.endCursor });
    expect([nodes.length, end.totalCount, behind.totalCount, await countAwards(registry.reader, filter, asOf)]).toEqual([24, 24, 24, 24]);
    expect(behind).toMatchObject({ edges: [], pageInfo: { endCursor: null, hasNextPage: false } });
    expect(await awards(registry.reader, { asOf, filter, first: 0 })).toMatchObject({ totalCount: 24, edges: [], pageInfo: { hasNextPage: true } });
  });

  it('keeps to institution, micro-credential and status', async () => {
    const filter = { institution: 'UBC', microCredential: microCredentialCtid(2).toUpperCase(), status: 'ACTIVE' } as const;
    const { edges } = await awards(registry.reader, { asOf, filter, first: 100 });
    expect(edges).toHaveLength(10);
    for (const { node } of edges) expect(node).toMatchObject({ institution: { code: 'UBC' }, microCredentialCtid: microCredentialCtid(2), status: 'ACTIVE' });
    expect(await awards(registry.reader, { asOf, filter: { institution: 'NOBODY' }, first: 100 })).toMatchObject({ totalCount: 0, edges: [] });
  });

  it('shows an award with the name of its institution and of the version that was earned', async () => {
    const [first] = (await awards(registry.reader, { asOf, filter: { institution: 'BCIT', microCredential: microCredentialCtid(1) }, first: 1 })).edges;
    expect(first!.node).toMatchObject({
      institution: { code: 'BCIT', name: english('Institute') },
      microCredential: { version: 1, name: english('Welding as it was') },
    });
  });

  it('shows an award whose institution and micro-credential have not arrived, without their names', async () => {
    await registry.writer.transaction((tx) =>
      upsertAwards(tx, [awardEntry(900, { institutionCtid: institutionCtid(9), microCredentialCtid: microCredentialCtid(9) })]),
    );
    const [first] = (await awards(registry.reader, { asOf, filter: { microCredential: microCredentialCtid(9) }, first: 1 })).edges;
    expect(first!.node).toMatchObject({ id: awardId(900), institutionCtid: institutionCtid(9), institution: null, microCredential: null });
  });

  it('neither repeats nor leaves out an award while others are inserted and revoked between pages', async () => {
    const filter = { microCredential: microCredentialCtid(3) };
    const before = (await awards(registry.reader, { asOf, filter, first: 100 })).edges.map(({ node }) => node.id);
    let number = 1000;
    const seen = await allOf(3, async (page) => {
      const answer = await awards(registry.reader, { asOf, filter, ...page });
      const changes = { microCredentialCtid: microCredentialCtid(3), status: 'REVOKED' } as const;
      const inserted = ['2026-10-31', '2026-10-04', '2026-09-01'].map((awardedDate) => awardEntry((number += 1), { ...changes, awardedDate }));
      await registry.writer.transaction((tx) => upsertAwards(tx, number < 1015 ? inserted : []));
      return answer;
    });
    const ids = seen.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(before));
  });

  it.each(['', 'x', 'WyJpbnN0aXR1dGlvbnMuQ09ERSIsIkJDSVQiXQ', "' or 1=1 --", '\u0000'])(
    'refuses the cursor "%s", which it never gave, or takes it as none',
    async (after) => {
      if (after === '') expect((await awards(registry.reader, { asOf, first: 1, after })).edges).toHaveLength(1);
      else expect((await refusalOf(awards(registry.reader, { asOf, first: 1, after }))).faults[0]!.pointer).toBe('/after');
    },
  );

  it.each([-1, 101, 1.5, Number.NaN])('refuses a page of %d', async (first) => {
    expect((await refusalOf(awards(registry.reader, { asOf, first }))).faults[0]!.pointer).toBe('/first');
  });

  it.each(["'; drop table registry.award; --", '\u0000', '%', 'BC\u0000IT', '\ud800', 'x'.repeat(10_000)])(
    'finds nothing for an institution of hostile text %#',
    async (institution) => {
      expect((await awards(registry.reader, { asOf, filter: { institution, microCredential: institution }, first: 1 })).totalCount).toBe(0);
    },
  );
});

describe('Awards of many micro-credentials', () => {
  it('are for each what the list of awards would show, in the order asked', async () => {
    const microCredentials = [3, 1, 8, 2, 1].map(microCredentialCtid);
    const filter = { institution: 'BCIT', status: 'ACTIVE' } as const;
    const one = (microCredential: string, after?: string | null) => awards(registry.reader, { asOf, filter: { ...filter, microCredential }, first: 4, after });
    const expected = await Promise.all(microCredentials.map((ctid) => one(ctid)));
    expect(await awardsOfMicroCredentials(registry.reader, { microCredentials, filter, asOf, first: 4 })).toEqual(expected);

    const after = expected[1]!.pageInfo.endCursor;
    const behind = await awardsOfMicroCredentials(registry.reader, { microCredentials, filter, asOf, first: 4, after });
    expect(behind).toEqual(await Promise.all(microCredentials.map((ctid) => one(ctid, after))));
  });
});
