import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RegistryLag } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { RegistryDatabase } from '@mcr/runtime';
import { Seed } from '../testing/seed.ts';
import { RunningGateway } from '../testing/start-gateway.ts';

describe('the public catalogue', () => {
  let gateway: RunningGateway;
  let seed: Seed;
  let statements: string[] = [];
  const known = { bcit: '', data: '', names: [] as string[] };

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    seed = new Seed(gateway.store);
    const bcit = await seed.institution({
      code: 'BCIT',
      name: { 'en-CA': 'Institute of Technology', 'fr-CA': 'Institut de technologie' },
      region: 'Mainland/Southwest',
    });
    const ubc = await seed.institution({ code: 'UBC', agentType: 'UNIVERSITY' });
    for (let at = 0; at < 60; at++) {
      const name = `Course ${String(at).padStart(2, '0')}`;
      const { ctid } = await seed.microCredential(at % 2 ? bcit : ubc, {
        name: { 'en-CA': name, ...(at === 0 && { 'fr-CA': 'Cours 00' }) },
        offeredBy: [bcit.ctid, ubc.ctid],
      });
      known.names.push(name);
      if (at === 0) known.data = ctid;
    }
    known.bcit = bcit.ctid;
    const registry = gateway.registry.get(RegistryDatabase);
    const query = registry.query.bind(registry);
    registry.query = (sql, params) => {
      statements.push(sql);
      return query(sql, params);
    };
  });
  afterEach(() => {
    statements = [];
  });
  afterAll(() => gateway.close());

  it('lists institutions without a token', async () => {
    const { data } = await gateway.ask('{ institutions(first: 100) { totalCount nodes { code name agentType region status } } }');
    expect(data).toEqual({
      institutions: {
        totalCount: 2,
        nodes: [
          { code: 'BCIT', name: 'Institute of Technology', agentType: 'INSTITUTE', region: 'Mainland/Southwest', status: 'ACTIVE' },
          expect.objectContaining({ code: 'UBC', agentType: 'UNIVERSITY' }),
        ],
      },
    });
  });

  it('finds one institution by its code, and none by another', async () => {
    const { data } = await gateway.ask('{ a: institution(code: "BCIT") { ctid } b: institution(code: "NOPE") { ctid } }');
    expect(data).toEqual({ a: { ctid: known.bcit }, b: null });
  });

  it('answers in French where there is a translation, and in English otherwise', async () => {
    const { data } = await gateway.ask(
      '{ institutions { nodes { code name(lang: FR) } } microCredential(ctid: "' + known.data + '") { name(lang: FR) description(lang: FR) } }',
    );
    expect(data).toMatchObject({
      institutions: { nodes: [{ name: 'Institut de technologie' }, { code: 'UBC', name: 'British Columbia Institute of Technology' }] },
      microCredential: { name: 'Cours 00', description: expect.stringContaining('Learners turn tables') },
    });
  });

  it('goes through a list page by page, with every entry once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 10; pages++) {
      const query =
        'query ($after: String) { microCredentials(first: 25, after: $after, orderBy: NAME) { totalCount edges { cursor node { name } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }';
      const { data } = await gateway.ask(query, { after });
      const page = data!['microCredentials'] as { totalCount: number; edges: { cursor: string; node: { name: string } }[]; pageInfo: Record<string, unknown> };
      expect(page.totalCount).toBe(60);
      expect(page.pageInfo).toMatchObject({ startCursor: page.edges[0]!.cursor, endCursor: page.edges.at(-1)!.cursor, hasPreviousPage: after !== null });
      seen.push(...page.edges.map(({ node }) => node.name));
      after = page.pageInfo['endCursor'] as string;
      if (!page.pageInfo['hasNextPage']) break;
    }
    expect(seen).toEqual(known.names);
  });

  it.each([
    ['first: 101', 'TOO_BIG', '/first'],
    ['first: -1', 'INVALID_VALUE', '/first'],
    ['after: "not a cursor"', 'INVALID_VALUE', '/after'],
    ['after: "\\u0000"', 'INVALID_VALUE', '/after'],
  ])('refuses a page that cannot be: %s', async (page, code, pointer) => {
    const { errors } = await gateway.ask(`{ institutions(${page}) { totalCount } }`);
    expect(errors).toEqual([
      expect.objectContaining({ path: ['institutions'], extensions: { code: 'INVALID_INPUT', errors: [expect.objectContaining({ pointer, code })] } }),
    ]);
  });

  it('refuses the cursor of another list', async () => {
    const { data } = await gateway.ask('{ institutions(first: 1) { pageInfo { endCursor } } }');
    const cursor = (data!['institutions'] as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
    const { errors } = await gateway.ask('query ($after: String) { microCredentials(after: $after) { totalCount } }', { after: cursor });
    expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });

  it.each([
    ['what the page joins', '{ microCredentials(first: 50) { nodes { name ownedBy { ctid code name } } } }', 1],
    ['more of each owner', '{ microCredentials(first: 50) { nodes { name ownedBy { code region } } } }', 2],
    ['owners and offerers', '{ microCredentials(first: 50) { nodes { ownedBy { region } offeredBy { name status } } } }', 2],
    ['one micro-credential twice', `{ a: microCredential(ctid: "CTID") { name } b: microCredential(ctid: "CTID") { name ownedBy { code } } }`, 1],
  ])('reads one statement a level for %s', async (_, query, count) => {
    const { errors } = await gateway.ask(query.replaceAll('CTID', known.data));
    expect(errors).toBeUndefined();
    expect(statements).toHaveLength(count);
  });

  it('knows every version that was published, and the current one unless asked for another', async () => {
    const owner = await seed.institution({ code: 'SFU' });
    const first = await seed.microCredential(owner, { version: 1, name: { 'en-CA': 'As it was' } });
    await seed.microCredential(owner, { ctid: first.ctid, version: 2, name: { 'en-CA': 'As it is' } });
    const query =
      'query ($ctid: ID!) { now: microCredential(ctid: $ctid) { name version } then: microCredential(ctid: $ctid, version: 1) { name } never: microCredential(ctid: $ctid, version: 3) { name } }';
    const { data } = await gateway.ask(query, { ctid: first.ctid.toUpperCase().replace('CE-', 'ce-') });
    expect(data).toEqual({ now: { name: 'As it is', version: 2 }, then: { name: 'As it was' }, never: null });
  });

  it.each([
    ['of nothing', newCtid()],
    ['that is no ctid', `'; drop table registry.award; --`],
  ])('has no micro-credential for a ctid %s', async (_, ctid) => {
    expect(await gateway.ask('query ($ctid: ID!) { microCredential(ctid: $ctid) { name } }', { ctid })).toEqual({
      status: 200,
      data: { microCredential: null },
    });
  });

  it.each([
    ['right to left', '\u202Eevil'],
    ['10,000 bytes of emoji', '😀'.repeat(2500)],
    ['SQL', `' or 1=1 --`],
    ['a script', '<script>'],
    ['wildcards', '%_\\'],
  ])('takes hostile search text for what it is: %s', async (_, text) => {
    const { data, errors } = await gateway.ask(
      'query ($text: String!) { microCredentials(search: $text) { totalCount } institutions(filter: { region: $text }) { totalCount } }',
      { text },
    );
    expect({ data, errors }).toEqual({ data: { microCredentials: { totalCount: 0 }, institutions: { totalCount: 0 } }, errors: undefined });
  });

  it('finds nothing for a text that cannot be stored', async () => {
    const query =
      'query ($text: String!) { institution(code: $text) { name } institutions(filter: { region: $text }) { totalCount } microCredential(ctid: "\\u0000") { name } }';
    const { data, errors } = await gateway.ask(query, { text: 'A\u0000' });
    expect({ data, errors }).toEqual({ data: { institution: null, institutions: { totalCount: 0 }, microCredential: null }, errors: undefined });
  });

  it('says how much there is and how far behind it is, and the rest where it cannot tell that', async () => {
    gateway.neighbours.on(RegistryLag, () => ({ projectionLagMs: 17 }));
    const { data } = await gateway.ask('{ registryStatus { institutions microCredentials awards agreements lastEventAt projectionLagMs } }');
    expect(data).toEqual({ registryStatus: { institutions: 3, microCredentials: 61, awards: 0, agreements: 0, lastEventAt: null, projectionLagMs: 17 } });
  });
});
