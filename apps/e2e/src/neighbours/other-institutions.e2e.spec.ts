import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { answerTo, outcomeOf, publish } from '../testing/faces.ts';
import { Province, revocation, submission } from '../testing/province.ts';
import { RegistryProcess } from '../testing/registry-process.ts';
import { Neighbours } from './neighbours.ts';
import { OpenConnection } from './open-connection.ts';
import type { Neighbour } from './neighbours.ts';

const INSTITUTIONS = 20;
const PAIRS = INSTITUTIONS * (INSTITUTIONS - 1);
const ACTIVE = 'query ($code: String!) { awards(filter: { institution: $code, status: ACTIVE }, first: 100) { totalCount nodes { sourceAwardId } } }';

interface Awards {
  readonly awards: { readonly totalCount: number; readonly nodes: readonly { readonly sourceAwardId: string }[] };
}

/** The ways over HTTPS to say that an event is another institution's. */
const ways: Readonly<Record<string, (registry: RegistryProcess, mine: Neighbour, theirs: Neighbour) => Promise<Response>>> = {
  'one event': (registry, mine, theirs) => publish(registry, theirs.record('one'), mine.token),
  'a batch': (registry, mine, theirs) => publish(registry, [theirs.record('a'), theirs.record('b')], mine.token),
  'a batch with one of another among its own': (registry, mine, theirs) =>
    publish(registry, [mine.record('own-1'), theirs.record('hidden'), mine.record('own-2')], mine.token),
  'attributes in headers': (registry, mine, theirs) => {
    const { data, datacontenttype, ...attributes } = theirs.record('binary') as Record<string, string>;
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    return fetch(`${registry.url}/events`, {
      method: 'POST',
      headers: { ...headers, 'content-type': datacontenttype!, authorization: `Bearer ${mine.token}` },
      body: JSON.stringify(data),
    });
  },
};

describe(`nobody publishes for another: ${INSTITUTIONS} × ${INSTITUTIONS} institutions`, () => {
  let registry: RegistryProcess;
  let province: Province;
  let neighbours: Neighbours;

  beforeAll(async () => {
    registry = await RegistryProcess.start();
    province = new Province(registry);
    neighbours = await Neighbours.settle(registry, province, INSTITUTIONS);
  }, 480_000);

  afterAll(() => registry.remove());

  const active = async (code: string): Promise<Awards['awards']> => (await answerTo<Awards>(registry, ACTIVE, { code }, province.registrar)).awards;

  const acceptedOf = async (response: Response, { token }: Neighbour): Promise<void> => {
    expect(response.status).toBe(202);
    const { submissions } = (await response.json()) as { submissions: { submissionId: string }[] };
    for (const { submissionId } of submissions)
      await eventually(async () => expect(await outcomeOf(registry, submissionId, token)).toMatchObject({ state: 'ACCEPTED' }), { timeoutMs: 30_000 });
  };

  it('everybody publishes an award of its own, all under the same number', async () => {
    await neighbours.each(async (one) => acceptedOf(await publish(registry, one.record('SHARED', { sourceAwardId: 'SHARED' }), one.token), one));
  }, 120_000);

  it.each(Object.keys(ways))(
    `refuses ${PAIRS} times, and notes each of them: %s`,
    async (way) => {
      const before = neighbours.audited();
      const answers = await neighbours.pairs(async (mine, theirs) => {
        const response = await ways[way]!(registry, mine, theirs);
        const { code } = (await response.json()) as { code: string };
        return `${response.status} ${code}`;
      });
      expect(answers).toEqual(Array.from({ length: PAIRS }, () => '403 SOURCE_NOT_YOURS'));
      await eventually(() => {
        const after = neighbours.audited();
        for (const { clientId } of neighbours.all) expect([clientId, after(clientId) - before(clientId)]).toEqual([clientId, INSTITUTIONS - 1]);
      });
    },
    120_000,
  );

  it('believes no header and no attribute that names another institution', async () => {
    await neighbours.pairs(async (mine, theirs) => {
      const record = { ...mine.record(`as-${theirs.code}`), institution: theirs.code, institutioncode: theirs.code, clientid: theirs.clientId };
      const forged = {
        'x-institution': theirs.code,
        'x-institution-code': theirs.code,
        'x-mcr-institution': theirs.code,
        'x-client-id': theirs.clientId,
        'x-forwarded-user': theirs.clientId,
        'x-forwarded-client-id': theirs.clientId,
        'x-roles': 'admin',
        'ce-source': theirs.source,
      };
      const response = await fetch(`${registry.url}/events`, {
        method: 'POST',
        headers: { ...forged, 'content-type': 'application/cloudevents+json', authorization: `Bearer ${mine.token}` },
        body: JSON.stringify(record),
      });
      await acceptedOf(response, mine);
    });
    for (const { code } of neighbours.all) {
      await eventually(async () => expect((await active(code)).totalCount).toBe(INSTITUTIONS));
      const foreign = (await active(code)).nodes.filter(({ sourceAwardId }) => sourceAwardId !== 'SHARED' && !sourceAwardId.startsWith(`${code}-as-`));
      expect(foreign).toEqual([]);
    }
  }, 180_000);

  it('lets a revocation reach only the award of who sends it, although others have the same number', async () => {
    const [first, ...others] = neighbours.all;
    await acceptedOf(await publish(registry, revocation(first!.code, 'SHARED', 2), first!.token), first!);
    await eventually(async () => expect((await active(first!.code)).totalCount).toBe(INSTITUTIONS - 1));
    for (const { code } of others) expect((await active(code)).nodes.map(({ sourceAwardId }) => sourceAwardId)).toContain('SHARED');
  }, 60_000);

  it('awards nothing of what another institution alone offers', async () => {
    const [first, second] = neighbours.all;
    const record = submission(first!.code, second!.microCredential, 'NOT-MINE');
    const response = await publish(registry, record, first!.token);
    const { submissions } = (await response.json()) as { submissions: { submissionId: string }[] };
    const outcome = await eventually(async () => {
      const found = await outcomeOf(registry, submissions[0]!.submissionId, first!.token);
      expect(found.state).not.toBe('PENDING');
      return found;
    });
    expect(outcome).toMatchObject({ state: 'REJECTED', errors: [{ code: 'NOT_AUTHORIZED_FOR_MC' }] });
  }, 60_000);

  it('takes no edited letter back into the flow: not from an institution, and not from an administrator either', async () => {
    const redrive = (token: string, letter: object): Promise<Response> =>
      fetch(`${registry.url}/commands/awards.redrive`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(letter),
      });
    const edited = (theirs: Neighbour): object => ({ id: randomUUID(), reason: 'It was mended.', event: theirs.record('redriven') });
    const answers = await neighbours.pairs(async (mine, theirs) => (await redrive(mine.token, edited(theirs))).status);
    expect(answers).toEqual(Array.from({ length: PAIRS }, () => 403));
    const byAdmin = await redrive(province.admin, edited(neighbours.all[0]!));
    expect([byAdmin.status, ((await byAdmin.json()) as { code: string }).code]).toEqual([422, 'INVALID_INPUT']);
  }, 120_000);

  it('shows nobody the submission of another', async () => {
    const [first, second] = neighbours.all;
    const response = await publish(registry, first!.record('private'), first!.token);
    const { submissions } = (await response.json()) as { submissions: { submissionId: string }[] };
    const asked = await fetch(`${registry.url}/submissions/${submissions[0]!.submissionId}`, { headers: { authorization: `Bearer ${second!.token}` } });
    expect(asked.status).toBe(404);
  }, 60_000);

  it('ends with the revocation of a client what its open connection could do before', async () => {
    const last = neighbours.all.at(-1)!;
    const connection = new OpenConnection(registry.url, last.token);
    expect(await connection.publish(last.record('before'))).toMatchObject({ status: 202 });
    await province.mutate('revokePublishingClient', { institution: last.code, clientId: last.clientId, reason: 'KEY_COMPROMISE' });
    await eventually(async () => {
      const answer = await connection.publish(last.record('after'));
      expect(answer).toEqual({ status: 401, code: 'CLIENT_REVOKED', sameConnection: true });
    });
    connection.close();
  }, 60_000);
});
