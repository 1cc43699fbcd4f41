import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishingClientRegistered, PublishingClientRevoked } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { RegistryDatabase } from '@mcr/runtime';
import { eventually } from '@mcr/testing';
import { clientKeyPath, ensurePrivateKey, publicPartOf, publisherClientId } from '@mcr/identity';
import { Seed } from '../../testing/seed.ts';
import { RunningGateway, type Answer } from '../../testing/start-gateway.ts';

const everything = `query ($filter: AwardFilterInput) { awards(filter: $filter, first: 100) {
  totalCount suppressed nodes { id institution { code } microCredential { name } } } }`;
const count = 'query ($filter: AwardFilterInput) { awards(filter: $filter) { totalCount suppressed } }';

interface Awards {
  totalCount: number | null;
  suppressed: boolean;
  nodes: { id: string; institution: { code: string }; microCredential: { name: string } }[];
}
const awardsOf = ({ data }: Answer) => data!['awards'] as Awards | null;
const codesOf = (answer: Answer) => [...new Set(awardsOf(answer)!.nodes.map(({ institution }) => institution.code))].sort();

describe('awards', () => {
  let gateway: RunningGateway;
  let seed: Seed;
  let statements = 0;
  let welding: Awaited<ReturnType<Seed['microCredential']>>;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    seed = new Seed(gateway.store);
    const bcit = await seed.institution({ code: 'BCIT' });
    const ubc = await seed.institution({ code: 'UBC' });
    welding = await seed.microCredential(bcit, { name: { 'en-CA': 'Welding' } });
    await seed.awards(10, bcit, welding);
    await seed.awards(9, ubc, await seed.microCredential(ubc));
    await seed.awards(3, ubc, welding, { status: 'REVOKED', reasonCode: 'ISSUED_IN_ERROR' });
    await registerClient('BCIT', bcit.ctid);
    for (const role of ['ministry-registrar', 'ministry-analyst', 'qa-reviewer', 'advisor', 'learner', 'admin']) tokens.set(role, await gateway.token(role));
    for (const code of ['BCIT', 'UBC']) tokens.set(code, await gateway.token('institution', code));
    tokens.set('client', await eventually(() => gateway.token('institution-client', 'BCIT')));
    for (const database of [gateway.registry.get(RegistryDatabase), gateway.registry.database('gateway')]) {
      const query = database.query.bind(database);
      database.query = (sql, params) => {
        // Consumers look after themselves beside the requests.
        if (/registry\.|from publishing_client/.test(sql)) statements += 1;
        return query(sql, params);
      };
    }
  });
  afterEach(() => {
    statements = 0;
  });
  afterAll(() => gateway.close());

  async function registerClient(code: string, institutionCtid: string, status: 'ACTIVE' | 'REVOKED' = 'ACTIVE', version = 1): Promise<void> {
    const key = await ensurePrivateKey(clientKeyPath(gateway.registry.dataDir, code));
    const data = { clientId: publisherClientId(code), institutionCtid, institutionCode: code, scopes: ['award:publish'], publicKey: publicPartOf(key), status };
    const event = status === 'ACTIVE' ? PublishingClientRegistered : PublishingClientRevoked;
    await gateway.registry.parts('institutions').unitOfWork.run(async (tx) => tx.append(event, data as never, { version }));
  }

  it('are all for the registrar', async () => {
    const answer = await gateway.ask(everything, {}, tokens.get('ministry-registrar'));
    expect(awardsOf(answer)).toMatchObject({ totalCount: 22, suppressed: false });
    expect(codesOf(answer)).toEqual(['BCIT', 'UBC']);
    expect(statements).toBe(1);
  });

  it.each([
    ['BCIT', 'BCIT', 10],
    ['UBC', 'UBC', 12],
    ['client', 'BCIT', 10],
  ])('are its own for an institution: %s', async (caller, code, total) => {
    for (const filter of [{}, { institution: code }]) {
      const answer = await gateway.ask(everything, { filter }, tokens.get(caller));
      expect(codesOf(answer)).toEqual([code]);
      expect(awardsOf(answer)!.totalCount).toBe(total);
    }
  });

  it.each(['BCIT', 'client'])('of another institution are refused, counts too, whether it exists or not: %s', async (caller) => {
    for (const institution of ['UBC', 'NOPE']) {
      const { data, errors } = await gateway.ask(count, { filter: { institution } }, tokens.get(caller));
      expect(data).toEqual({ awards: null });
      expect(errors![0]).toMatchObject({ path: ['awards'], extensions: { code: 'FORBIDDEN' } });
    }
  });

  it.each(['nobody', 'qa-reviewer', 'advisor', 'learner', 'admin'])('are null with FORBIDDEN for %s, and the rest is answered', async (caller) => {
    const { status, data, errors } = await gateway.ask('{ awards { totalCount } institutions { totalCount } }', {}, tokens.get(caller));
    expect({ status, data }).toEqual({ status: 200, data: { awards: null, institutions: { totalCount: 2 } } });
    expect(errors).toEqual([expect.objectContaining({ path: ['awards'], extensions: { code: 'FORBIDDEN' } })]);
  });

  it('are refused to a bad token as such, and public answers do not need a good one', async () => {
    const { data, errors } = await gateway.ask('{ awards { totalCount } institutions { totalCount } }', {}, 'not.a.token');
    expect(data).toEqual({ awards: null, institutions: { totalCount: 2 } });
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  describe('for an analyst', () => {
    it.each([
      [{}, 22],
      [{ institution: 'BCIT' }, 10],
      [{ institution: 'UBC' }, 12],
      [{ status: 'ACTIVE' }, 19],
    ])('are counts: %j', async (filter, totalCount) => {
      const { data, errors } = await gateway.ask(count, { filter }, tokens.get('ministry-analyst'));
      expect(errors).toBeUndefined();
      expect(data).toEqual({ awards: { totalCount, suppressed: false } });
    });

    it.each([
      ['nine', { institution: 'UBC', status: 'ACTIVE' }],
      ['three', { status: 'REVOKED' }],
      ['none', { institution: 'BCIT', status: 'REVOKED' }],
      ['none of nobody', { institution: 'NOPE' }],
    ])('are hidden when there are few: %s', async (_, filter) => {
      expect((await gateway.ask(count, { filter }, tokens.get('ministry-analyst'))).data).toEqual({ awards: { totalCount: null, suppressed: true } });
    });

    it.each([
      '{ awards { totalCount nodes { id } } }',
      '{ awards { totalCount edges { cursor } } }',
      '{ awards { totalCount pageInfo { endCursor } } }',
      '{ awards { ...a } } fragment a on AwardConnection { nodes { id } }',
      '{ awards(asOf: "2026-01-01T00:00:00Z") { totalCount } }',
      '{ awards(filter: { microCredential: "CTID" }) { totalCount } }',
    ])('are nothing more: %s', async (query) => {
      const { data, errors } = await gateway.ask(query.replace('CTID', welding.ctid), {}, tokens.get('ministry-analyst'));
      expect(data).toEqual({ awards: null });
      expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
    });
  });

  describe('of a micro-credential', () => {
    const query = 'query ($ctid: ID!) { microCredential(ctid: $ctid) { name awards(first: 5) { totalCount nodes { id institution { code } } } } }';

    it.each([
      ['ministry-registrar', 13],
      ['BCIT', 10],
      ['UBC', 3],
      ['client', 10],
    ])('are seen as everywhere: %s', async (caller, totalCount) => {
      const { data } = await gateway.ask(query, { ctid: welding.ctid }, tokens.get(caller));
      expect(data).toMatchObject({ microCredential: { name: 'Welding', awards: { totalCount } } });
    });

    it.each(['nobody', 'ministry-analyst', 'learner'])('are null for %s, beside what is public', async (caller) => {
      const { data, errors } = await gateway.ask(query, { ctid: welding.ctid }, tokens.get(caller));
      expect(data).toEqual({ microCredential: { name: 'Welding', awards: null } });
      expect(errors).toEqual([expect.objectContaining({ path: ['microCredential', 'awards'], extensions: { code: 'FORBIDDEN' } })]);
    });

    it.each([
      ['ministry-registrar', 2],
      ['client', 3],
    ])('are read together for all of a page, and who asks is found out once: %s', async (caller, count) => {
      const query = '{ microCredentials(first: 50) { nodes { awards(first: 5) { totalCount nodes { id } } } } }';
      const { data, errors } = await gateway.ask(query, {}, tokens.get(caller));
      expect(errors).toBeUndefined();
      expect((data!['microCredentials'] as { nodes: object[] }).nodes.length).toBeGreaterThan(1);
      expect(statements).toBe(count);
    });

    it('never reach another caller who asks at the same moment', async () => {
      const asked = Array.from({ length: 60 }, (_, at) => (at % 3 === 2 ? 'nobody' : at % 3 === 1 ? 'UBC' : 'BCIT'));
      const answers = await Promise.all(
        asked.map(async (caller) => ({ caller, answer: await gateway.ask(query, { ctid: welding.ctid }, tokens.get(caller)) })),
      );
      for (const { caller, answer } of answers) {
        const { awards } = answer.data!['microCredential'] as { awards: Awards | null };
        if (caller === 'nobody') expect(awards).toBeNull();
        else expect(new Set(awards!.nodes.map(({ institution }) => institution.code))).toEqual(new Set([caller]));
      }
    });
  });

  it('of fifty on a page are read in one statement, with the version that was earned in one more', async () => {
    await gateway.ask('{ awards(first: 50) { nodes { institution { code name } microCredential { ctid name } } } }', {}, tokens.get('ministry-registrar'));
    expect(statements).toBe(1);
    const more = await gateway.ask(
      '{ awards(first: 50) { nodes { institution { region } microCredential { description ownedBy { code } } } } }',
      {},
      tokens.get('ministry-registrar'),
    );
    expect(more.errors).toBeUndefined();
    expect(statements).toBe(1 + 3);
  });

  it('have the status of the moment that is asked for', async () => {
    const sfu = await seed.institution({ code: 'SFU' });
    await seed.awards(1, sfu, welding, { validFrom: '2026-02-01T08:00:00Z', validUntil: '2026-03-01T08:00:00Z' });
    const query = 'query ($asOf: DateTime) { awards(filter: { institution: "SFU" }, asOf: $asOf) { nodes { status } } }';
    const at = async (asOf: string) => awardsOf(await gateway.ask(query, { asOf }, tokens.get('ministry-registrar')))!.nodes;
    expect(await at('2026-07-01T00:00:00Z')).toEqual([{ status: 'EXPIRED' }]);
    expect(await at('2026-02-15T00:00:00-08:00')).toEqual([{ status: expect.stringMatching(/ACTIVE|SCHEDULED/) }]);
    const { status, errors } = await gateway.ask(query, { asOf: 'yesterday' }, tokens.get('ministry-registrar'));
    expect({ status, code: errors![0]!.extensions.code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it('are refused to a client whose registration has not arrived, and to one that was revoked', async () => {
    const token = tokens.get('client')!;
    await gateway.registry.database('gateway').query('delete from publishing_client');
    expect((await gateway.ask(count, {}, token)).errors![0]!.extensions).toEqual({ code: 'CLIENT_UNKNOWN', retryAfterSeconds: 1 });
    await registerClient('BCIT', newCtid(), 'REVOKED', 2);
    await eventually(async () => expect((await gateway.ask(count, {}, token)).errors![0]!.extensions).toEqual({ code: 'CLIENT_REVOKED' }));
  });
});
