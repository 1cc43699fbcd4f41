import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CredentialsOfAwards, MyAwards, VerifyCredential } from '@mcr/contracts';
import { type OutputOf, Refusal } from '@mcr/event-kit';
import { Seed } from '../../testing/seed.ts';
import { RunningGateway } from '../../testing/start-gateway.ts';

const FIELDS = `verdict asOf effectiveStatus supersededBy issuer { id name } microCredential { id name }
  checks { id outcome code message checkedAt source faults { pointer code message hint } }`;
const VERIFY = `query ($credential: String!, $asOf: DateTime) { verifyCredential(credential: $credential, asOf: $asOf) { ${FIELDS} } }`;

const verified: OutputOf<typeof VerifyCredential> = {
  verdict: 'NOT_VERIFIED',
  asOf: '2026-11-28T20:00:00.000Z',
  issuer: { id: 'did:web:registry.example:institutions:BCIT', name: 'BCIT' },
  checks: [
    {
      id: 'shape',
      outcome: 'FAIL',
      code: 'SHAPE_INVALID',
      message: 'It is no Open Badge.',
      checkedAt: '2026-11-28T20:00:00.000Z',
      source: 'document',
      faults: [{ pointer: '/type', code: 'REQUIRED', message: 'Expected a type.' }],
    },
    { id: 'proof', outcome: 'SKIPPED', code: 'SKIPPED', message: 'Not asked.', checkedAt: '2026-11-28T20:00:00.000Z', source: 'document' },
  ],
};
const valid: OutputOf<typeof VerifyCredential> = { verdict: 'VALID', asOf: verified.asOf, effectiveStatus: 'ACTIVE', checks: [] };

let gateway: RunningGateway;
let registrar: string;
let bcit: Awaited<ReturnType<Seed['institution']>>;
let welding: Awaited<ReturnType<Seed['microCredential']>>;
let ids: string[];

beforeAll(async () => {
  gateway = await RunningGateway.start();
  registrar = await gateway.token('ministry-registrar');
  const seed = new Seed(gateway.store);
  bcit = await seed.institution({ code: 'BCIT' });
  welding = await seed.microCredential(bcit);
  ids = (await seed.awards(5, bcit, welding)).map(({ awardId }) => awardId);
});
beforeEach(() => {
  gateway.neighbours.asked.length = 0;
  gateway.neighbours.on(CredentialsOfAwards, ({ awards, verify }) =>
    awards.map((awardId) => ({ awardId, credential: `{"id":"${awardId}"}`, ...(verify && { verification: valid }) })),
  );
});
afterAll(() => gateway.close());

const nodesOf = (data: Record<string, unknown> | null | undefined, field = 'awards') =>
  (data![field] as { nodes: { id: string; credential?: string | null; verification?: { verdict: string } | null }[] }).nodes;
const calls = () => gateway.neighbours.asked.map(({ input }) => input as { awards: string[]; verify: boolean });

describe('the credentials of awards', () => {
  it('are asked for in one call for all awards of an answer, and verified only where that was selected', async () => {
    const { data, errors } = await gateway.ask('{ awards { nodes { id credential } } }', {}, registrar);
    expect(errors).toBeUndefined();
    expect(nodesOf(data).map(({ credential }) => JSON.parse(credential!) as object)).toEqual(nodesOf(data).map(({ id }) => ({ id })));
    expect(calls()).toEqual([{ awards: expect.arrayContaining(ids), verify: false }]);
  });

  it('are asked for once where both are selected', async () => {
    const { data } = await gateway.ask('{ awards { nodes { id credential verification { verdict effectiveStatus checks { id } } } } }', {}, registrar);
    expect(nodesOf(data)).toHaveLength(5);
    for (const { id, credential, verification } of nodesOf(data)) {
      expect(credential).toContain(id);
      expect(verification).toEqual({ verdict: 'VALID', effectiveStatus: 'ACTIVE', checks: [] });
    }
    expect(calls()).toEqual([{ awards: expect.arrayContaining(ids), verify: true }]);
  });

  it('are not asked for where nothing of them is selected', async () => {
    await gateway.ask('{ awards { nodes { id status } } }', {}, registrar);
    expect(calls()).toEqual([]);
  });

  it('are null where the caller may not see one, or while there is none', async () => {
    gateway.neighbours.on(CredentialsOfAwards, () => [{ awardId: ids[0]!, credential: '{}', verification: valid }]);
    const { data, errors } = await gateway.ask('{ awards { nodes { id credential verification { verdict } } } }', {}, registrar);
    expect(errors).toBeUndefined();
    for (const { id, credential, verification } of nodesOf(data))
      expect([credential, verification]).toEqual(id === ids[0] ? ['{}', { verdict: 'VALID' }] : [null, null]);
  });

  it('leave the rest of the answer while awards is away', async () => {
    gateway.neighbours.on(CredentialsOfAwards, () => {
      throw new Refusal('UNAVAILABLE');
    });
    const { data, errors } = await gateway.ask('{ awards(first: 2) { nodes { id credential } } }', {}, registrar);
    expect(nodesOf(data).map(({ id, credential }) => [ids.includes(id), credential])).toEqual([[true, null], [true, null]]); // prettier-ignore
    expect(errors!.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
  });

  it('are asked for in the name of the caller, a hundred awards a call', async () => {
    const seed = new Seed(gateway.store);
    const ubc = await seed.institution({ code: 'UBC' });
    const theirs = await seed.awards(130, ubc, await seed.microCredential(ubc));
    const page = 'nodes { id credential } pageInfo { endCursor }';
    const first = await gateway.ask(`{ awards(first: 70) { ${page} } }`, {}, await gateway.token('institution', 'UBC'));
    const after = (first.data!['awards'] as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
    gateway.neighbours.asked.length = 0;
    const both = `query ($after: String!) { first: awards(first: 70) { ${page} } second: awards(first: 70, after: $after) { ${page} } }`;
    const { data, errors } = await gateway.ask(both, { after }, await gateway.token('institution', 'UBC'));
    expect(errors).toBeUndefined();
    const shown = [...nodesOf(data, 'first'), ...nodesOf(data, 'second')];
    expect(shown.map(({ id }) => id).sort()).toEqual(theirs.map(({ awardId }) => awardId).sort());
    expect(shown.every(({ id, credential }) => credential!.includes(id))).toBe(true);
    expect(Math.max(...calls().map(({ awards }) => awards.length))).toBeLessThanOrEqual(100);
    expect(calls()).toHaveLength(2);
    expect(gateway.neighbours.asked.map(({ context }) => context.principal.institution)).toEqual(['UBC', 'UBC']);
  });

  it('are verified a page at a time: more at once is refused as too heavy', async () => {
    const page = '{ nodes { id status credential verification { verdict effectiveStatus checks { id outcome code message } } } }';
    const one = await gateway.ask(`{ awards(first: 100) ${page} }`, {}, registrar);
    expect(one.errors).toBeUndefined();
    const two = await gateway.ask(`{ a: awards(first: 100) ${page} b: awards(first: 100) ${page} }`, {}, registrar);
    expect(two.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_HEAVY' } }]);
    const many = Array.from({ length: 10 }, (_, at) => `v${at}: verifyCredential(credential: "{}") { verdict }`).join(' ');
    expect((await gateway.ask(`{ ${many} }`)).errors?.[0]?.extensions.code).not.toBe('OPERATION_TOO_HEAVY');
  });

  it('are shown to their learner among the awards that they hold', async () => {
    const held = { institutionCtid: bcit.ctid, microCredentialCtid: welding.ctid, microCredentialVersion: 1, awardedDate: '2026-06-01' };
    gateway.neighbours.on(MyAwards, () => [{ ...held, awardId: ids[0]!, method: 'INSTRUCTION' as const, status: 'ACTIVE' as const }]);
    const { data } = await gateway.ask('{ myAwards { id credential verification { verdict } } }', {}, await gateway.token('learner'));
    expect(data!['myAwards']).toEqual([{ id: ids[0], credential: `{"id":"${ids[0]}"}`, verification: { verdict: 'VALID' } }]);
  });
});

describe('verifyCredential', () => {
  it.each([undefined, 'advisor', 'learner'])('answers everybody, check by check: %s', async (role) => {
    gateway.neighbours.on(VerifyCredential, () => verified);
    const asOf = '2026-10-01T00:00:00-07:00';
    const { data, errors } = await gateway.ask(VERIFY, { credential: '{}', asOf }, role && (await gateway.token(role)));
    expect(errors).toBeUndefined();
    const [shape, proof] = verified.checks;
    expect(data!['verifyCredential']).toEqual({
      ...verified,
      effectiveStatus: null,
      supersededBy: null,
      microCredential: null,
      checks: [
        { ...shape, faults: [{ ...shape!.faults![0], hint: null }] },
        { ...proof, faults: null },
      ],
    });
    expect(calls()).toEqual([{ credential: '{}', asOf }]);
  });

  it('refuses an empty text, and a moment that is none', async () => {
    const empty = await gateway.ask(VERIFY, { credential: '' });
    expect(empty.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', errors: [{ pointer: '/credential' }] } }]);
    expect((await gateway.ask(VERIFY, { credential: '{}', asOf: 'yesterday' })).errors).toHaveLength(1);
    expect(calls()).toEqual([]);
  });
});
