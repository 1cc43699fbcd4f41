import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SUBMIT_AWARD, inboundEvent, type PublishedMicroCredential, type SubmitAward } from '@mcr/contracts';
import { type Credential, type JsonObject, credentialHash } from '@mcr/credentials';
import { aSubmission, eventually } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { type AwardsRegistry, type Institution, startAwards } from '../../testing/awards-registry.ts';
import { httpClient } from '../../testing/http-client.ts';
import { type OwnKey, asJwt, ownBadge, withProof } from '../../testing/own-badge.ts';
import { revoked, submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let course: PublishedMicroCredential;
let own: OwnKey;
let version = 10;

beforeAll(async () => {
  // Reading may take a while on a busy machine; nothing here is about waits that end.
  registry = await startAwards({ revisionGapMs: 60_000, factWaitMs: 10_000 });
  bcit = await registry.anInstitution('BCIT');
  course = await registry.aMicroCredentialOf(bcit);
  own = await registry.anOwnKeyFor(bcit, version++);
});
afterAll(() => registry?.close());

const address = () => `${registry.url}/micro-credentials/${course.ctid}`;
const badge = (changes: JsonObject = {}, subject: JsonObject = {}): Credential => ownBadge(own.snapshot.did, `${address()}/versions/1`, changes, subject);
const signed = (document = badge(), key = own) => withProof(document, key);

/** Sends a record with that credential, and says its state and faults. */
async function sent(signedCredential: unknown, data: Partial<SubmitAward> = {}): Promise<string[]> {
  const record = submitted(bcit, { microCredentialCtid: course.ctid, ...data, signedCredential: signedCredential as string });
  const [{ submissionId, state } = { submissionId: '', state: '' }] = await registry.get(Intake).take([record]);
  const [row] = await registry.sql<{ errors: { code: string; pointer: string }[] | null }>('select errors from submission where submission_id = $1', [
    submissionId,
  ]);
  return [state, ...(row!.errors ?? []).map(({ code, pointer }) => `${code} ${pointer}`)];
}

/** The award under that sourceAwardId, once it has its credential. */
const awardOf = (sourceAwardId: string): Promise<{ award_id: string; status_list_id: string | null }> =>
  eventually(async () => {
    const [row] = await registry.sql<{ award_id: string; status_list_id: string | null }>(
      'select award_id, status_list_id from source_award join credential using (award_id) where source_award_id = $1',
      [sourceAwardId],
    );
    if (!row) throw new Error('There is no credential yet.');
    return row;
  });

async function handedOut(awardId: string, accept?: string): Promise<{ status: number; type: string | undefined; bytes: Buffer }> {
  const headers = { authorization: `Bearer ${await registry.tokenOf(bcit)}`, ...(accept && { accept }) };
  const response = await fetch(`${registry.url}/awards/${awardId}/credential`, { headers });
  return { status: response.status, type: response.headers.get('content-type')?.split(';')[0], bytes: Buffer.from(await response.arrayBuffer()) };
}

async function verified(body: string | Buffer, type = 'application/vc'): Promise<{ verdict: string; failed: string[] }> {
  const response = await fetch(`${registry.url}/verify`, { method: 'POST', headers: { 'content-type': type }, body: body as string });
  const { verdict, checks } = (await response.json()) as { verdict: string; checks: { id: string; outcome: string; code: string }[] };
  return { verdict, failed: checks.filter(({ outcome }) => outcome !== 'PASS').map(({ id, outcome, code }) => `${id} ${outcome} ${code}`) };
}

describe('A credential that its institution signed itself', () => {
  it.each([
    ['eddsa-rdfc-2022', async () => withProof(badge(), own, 'eddsa-rdfc-2022')],
    ['eddsa-jcs-2022', async () => withProof(badge(), own, 'eddsa-jcs-2022')],
  ])('with a proof of %s is the award’s credential, as it was sent, and verifies', async (_, make) => {
    const sourceAwardId = randomUUID();
    const document = await make();
    expect(await sent(document, { sourceAwardId })).toEqual(['ACCEPTED']);
    const { award_id: awardId, status_list_id: list } = await awardOf(sourceAwardId);
    expect(list).toBeNull();
    const json = await handedOut(awardId);
    expect(json).toMatchObject({ status: 200, type: 'application/vc' });
    expect(JSON.parse(json.bytes.toString())).toEqual(JSON.parse(JSON.stringify(document)));
    expect(await verified(json.bytes)).toEqual({ verdict: 'VALID', failed: [] });
    for (const type of ['image/png', 'image/svg+xml']) expect(await verified((await handedOut(awardId, type)).bytes, type)).toMatchObject({ verdict: 'VALID' });
    expect((await handedOut(awardId, 'application/vc+jwt')).status).toBe(406);
    const [event] = await registry.sql<{ version: number; event: string }>(
      `select version, event from event_log where key = $1 and type like '%credential.issued%'`,
      [`urn:uuid:${awardId}`],
    );
    const { data } = JSON.parse(event!.event) as { data: object };
    expect({ version: event!.version, data }).toEqual({
      version: 2,
      data: { awardId: `urn:uuid:${awardId}`, credentialId: document.id, hash: credentialHash(document) },
    });
  });

  it('as a JWT is handed out as that JWT, also baked into pictures', async () => {
    const sourceAwardId = randomUUID();
    const jwt = await asJwt(badge(), own);
    expect(await sent(jwt, { sourceAwardId })).toEqual(['ACCEPTED']);
    const { award_id: awardId } = await awardOf(sourceAwardId);
    expect(await handedOut(awardId)).toMatchObject({ status: 200, type: 'application/vc+jwt', bytes: Buffer.from(jwt) });
    expect(await verified(jwt, 'application/vc+jwt')).toEqual({ verdict: 'VALID', failed: [] });
    for (const type of ['image/png', 'image/svg+xml']) expect(await verified((await handedOut(awardId, type)).bytes, type)).toMatchObject({ verdict: 'VALID' });
    expect((await handedOut(awardId, 'application/vc')).status).toBe(406);
  });

  it.each(['application/vc', 'application/vc+jwt'])('is REVOKED once its institution revokes the award, without an entry in any list: %s', async (type) => {
    const sourceAwardId = randomUUID();
    const document = type === 'application/vc' ? JSON.stringify(await signed()) : await asJwt(badge(), own);
    expect(await sent(type === 'application/vc' ? JSON.parse(document) : document, { sourceAwardId })).toEqual(['ACCEPTED']);
    await awardOf(sourceAwardId);
    expect(await verified(document, type)).toMatchObject({ verdict: 'VALID' });
    await registry.get(Intake).take([revoked(bcit, { sourceAwardId })]);
    expect(await verified(document, type)).toMatchObject({ verdict: 'REVOKED' });
  });

  it('stays VALID when its key is retired or found to be compromised later, with which nothing new is taken', async () => {
    const [retiring, leaking] = [await registry.anOwnKeyFor(bcit, version++), await registry.anOwnKeyFor(bcit, version++)];
    const kept = [await signed(badge(), retiring), await signed(badge(), leaking)];
    for (const document of kept) {
      const sourceAwardId = randomUUID();
      expect(await sent(document, { sourceAwardId })).toEqual(['ACCEPTED']);
      await awardOf(sourceAwardId);
    }
    await registry.retireKey(retiring.snapshot, version++);
    await registry.compromiseKey(leaking.snapshot, version++);
    for (const document of kept) expect(await verified(JSON.stringify(document))).toEqual({ verdict: 'VALID', failed: [] });
    for (const key of [retiring, leaking]) expect(await sent(await signed(badge(), key))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/proof']);
  });

  it('may name the micro-credential without a version, or by its CTID', async () => {
    for (const id of [address(), `urn:ctid:${course.ctid}`]) {
      const sourceAwardId = randomUUID();
      const document = await signed(ownBadge(own.snapshot.did, id));
      expect(await sent(document, { sourceAwardId })).toEqual(['ACCEPTED']);
      await awardOf(sourceAwardId);
      expect(await verified(JSON.stringify(document))).toEqual({ verdict: 'VALID', failed: [] });
    }
  });

  it('says the dates, the credits and the learner of its record', async () => {
    const terms = { validFrom: '2026-07-01T00:00:00-07:00', validUntil: '2030-07-01T00:00:00-07:00' };
    const did = `did:example:${randomUUID()}`;
    const record = { ...terms, creditsEarned: 3, learner: { identifiers: [{ type: 'DID' as const, value: did }] } };
    expect(await sent(await signed(badge({ ...terms, validFrom: '2026-07-01T07:00:00Z' }, { id: did, creditsEarned: 3 })), record)).toEqual(['ACCEPTED']);
  });

  it('stays as it is when the record waits for its micro-credential', async () => {
    const later = { ...course, ctid: `ce-${randomUUID()}` };
    const sourceAwardId = randomUUID();
    const document = await signed(ownBadge(own.snapshot.did, `${registry.url}/micro-credentials/${later.ctid}`));
    const pending = await sent(document, { sourceAwardId, microCredentialCtid: later.ctid });
    expect(pending).toEqual(['PENDING']);
    await registry.publishLater(later);
    await awardOf(sourceAwardId);
    expect(await verified(JSON.stringify(document))).toMatchObject({ verdict: 'VALID' });
  });

  it('sent again is a duplicate; under another award its id is taken', async () => {
    const data = { sourceAwardId: randomUUID() };
    const document = await signed();
    expect(await sent(document, data)).toEqual(['ACCEPTED']);
    expect(await sent(document, data)).toEqual(['DUPLICATE']);
    expect(await sent(document)).toEqual(['REJECTED', 'CREDENTIAL_EXISTS /signedCredential/id']);
    expect(await sent(await signed(), data)).toEqual(['REJECTED', 'IDEMPOTENCY_CONFLICT /revision']);
  });

  it('that comes for two awards at the same moment is taken for one of them', async () => {
    const document = await signed();
    const records = [1, 2].map(() => submitted(bcit, { microCredentialCtid: course.ctid, signedCredential: document as never }));
    const states = (await registry.get(Intake).take(records)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['ACCEPTED', 'REJECTED']);
  });
});

describe('Reading signed credentials', () => {
  const take = (...records: Parameters<Intake['take']>[0]) => registry.get(Intake).take(records);

  it('holds up no record that has none, and a revocation that comes meanwhile waits for its award', async () => {
    const document = await signed();
    const sourceAwardId = randomUUID();
    const slow = Array.from({ length: 300 }, () =>
      submitted(bcit, { microCredentialCtid: course.ctid, signedCredential: { ...document, name: 'x' } as never }),
    );
    const order: string[] = [];
    const reading = take(...slow, submitted(bcit, { microCredentialCtid: course.ctid, sourceAwardId, signedCredential: document as never })).then((answers) => {
      order.push('signed');
      return answers.at(-1)!.state;
    });
    const plain = take(submitted(bcit, { microCredentialCtid: course.ctid })).then(() => order.push('plain'));
    expect(await take(revoked(bcit, { sourceAwardId }))).toMatchObject([{ state: 'PENDING' }]);
    await plain;
    expect(await reading).toBe('ACCEPTED');
    expect(order).toEqual(['plain', 'signed']);
    await awardOf(sourceAwardId);
    await eventually(async () => expect(await verified(JSON.stringify(document))).toMatchObject({ verdict: 'REVOKED' }));
  });

  it('has an end: what comes beside thousands is asked to come back, and nothing of it is stored', async () => {
    const records = (count: number) =>
      Array.from({ length: count }, () => submitted(bcit, { microCredentialCtid: course.ctid, signedCredential: {} as never }));
    const first = take(...records(1_900));
    const beside = records(200);
    await expect(take(...beside)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await registry.sql('select from submission where event_id = $1', [beside[0]!.eventId])).toEqual([]);
    expect((await first).every(({ state }) => state === 'REJECTED')).toBe(true);
    expect((await take(...beside)).every(({ state }) => state === 'REJECTED')).toBe(true);
  });
});

describe('A signed credential is refused', () => {
  const stranger = async (): Promise<OwnKey> => registry.anOwnKeyFor(await registry.anInstitution('UBC'), 7);
  const keyThat = (changes: Parameters<AwardsRegistry['anOwnKeyFor']>[2]) => registry.anOwnKeyFor(bcit, version++, changes);
  const [past, later] = ['2026-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];

  it.each<[string, () => Promise<unknown>, string]>([
    ['that was altered', async () => ({ ...(await signed()), name: 'Another' }), 'SIGNATURE_INVALID /signedCredential/proof/proofValue'],
    [
      'that was altered, as JSON',
      async () => ({ ...(await withProof(badge(), own, 'eddsa-jcs-2022')), name: 'x' }),
      'SIGNATURE_INVALID /signedCredential/proof/proofValue',
    ],
    ['whose JWT was altered', async () => (await asJwt(badge(), own)).replace(/\.[^.]+$/, `.${'A'.repeat(86)}`), 'SIGNATURE_INVALID /signedCredential'],
    ['without a proof', async () => badge(), 'SIGNATURE_INVALID /signedCredential/proof'],
    ['of another issuer', async () => withProof(ownBadge('did:web:elsewhere.example', address()), own), 'SIGNATURE_INVALID /signedCredential/issuer'],
    [
      'with a key that the registry does not know',
      async () => signed(badge(), { ...own, snapshot: { ...own.snapshot, kid: `${own.snapshot.did}#other` } }),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    ['with a key that is not active yet', async () => signed(badge(), await keyThat({ activatedAt: later })), 'SIGNATURE_INVALID /signedCredential/proof'],
    [
      'with a retired key',
      async () => signed(badge(), await keyThat({ status: 'RETIRED', activatedAt: past, retiredAt: past })),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    [
      'with a compromised key',
      async () => signed(badge(), await keyThat({ status: 'COMPROMISED', activatedAt: past, compromisedAt: past })),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    [
      'with a retired key, as a JWT',
      async () => asJwt(badge(), await keyThat({ status: 'RETIRED', activatedAt: past, retiredAt: past })),
      'SIGNATURE_INVALID /signedCredential',
    ],
    ['that is empty', async () => ({}), 'SIGNATURE_INVALID /signedCredential/issuer'],
    ['that is a list', async () => [await signed()], 'INVALID_VALUE /signedCredential'],
    ['that is no JWT', async () => 'a.b.c', 'SIGNATURE_INVALID /signedCredential'],
    ['that is words', async () => 'please', 'SIGNATURE_INVALID /signedCredential'],
    [
      'with ten thousand levels inside a JWT',
      async () => `${'e30'}.${Buffer.from('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)).toString('base64url')}.AAAA`,
      'SIGNATURE_INVALID /signedCredential',
    ],
    [
      'with a context from elsewhere',
      async () => ({ ...(await signed()), '@context': ['https://www.w3.org/ns/credentials/v2', 'https://evil.example/c'] }),
      'SIGNATURE_INVALID /signedCredential/@context/1',
    ],
    ['without an id', async () => signed(badge({ id: undefined })), 'NOT_AN_OPEN_BADGE /signedCredential/id'],
    ['that is no badge', async () => signed(badge({ type: ['VerifiableCredential'] })), 'NOT_AN_OPEN_BADGE /signedCredential/type'],
    [
      'of two subjects',
      async () => signed(badge({ credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] })),
      'NOT_AN_OPEN_BADGE /signedCredential/credentialSubject',
    ],
  ])('%s', async (_, make, fault) => {
    expect(await sent(JSON.parse(JSON.stringify(await make())))).toEqual(['REJECTED', fault]);
  });

  it('with the key of another institution, in its own name or in this one’s', async () => {
    const ubc = await stranger();
    expect(await sent(await signed(badge(), ubc))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/proof']);
    const forged = { ...ubc, snapshot: { ...ubc.snapshot, kid: own.snapshot.kid } };
    expect(await sent(await signed(badge(), forged))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/proof/proofValue']);
    expect(await sent(await signed(ownBadge(ubc.snapshot.did, address()), ubc))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/issuer']);
  });

  it('from an institution that never had a key', async () => {
    const sfu = await registry.anInstitution('SFU');
    const theirs = await registry.aMicroCredentialOf(sfu);
    const record = submitted(sfu, { microCredentialCtid: theirs.ctid, signedCredential: (await signed()) as never });
    expect(await registry.get(Intake).take([record])).toMatchObject([{ state: 'REJECTED' }]);
  });

  it('with an entry of a list of the registry, or with two entries', async () => {
    const entry = (list: string, statusPurpose = 'revocation') => ({
      type: 'BitstringStatusListEntry',
      statusPurpose,
      statusListIndex: '7',
      statusListCredential: list,
    });
    const ours = entry(`${registry.url}/status/${randomUUID()}`);
    expect(await sent(await signed(badge({ credentialStatus: ours })))).toEqual(['REJECTED', 'NOT_AN_OPEN_BADGE /signedCredential/credentialStatus']);
    const two = [entry('https://a.example/1'), entry('https://a.example/2', 'suspension')];
    expect(await sent(await signed(badge({ credentialStatus: two })))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/credentialStatus']);
  });

  it('with every member named that says something else than the record', async () => {
    const other = `${registry.url}/micro-credentials/ce-${randomUUID()}`;
    const terms = { awardedDate: '2026-06-14T23:59:59-07:00', validFrom: '2026-06-16T00:00:00-07:00', validUntil: '2027-01-01T00:00:00Z' };
    const wrong = ownBadge(own.snapshot.did, other, terms, { id: 'did:example:another', creditsEarned: 3 });
    const all = ['achievement/id', 'id']
      .map((member) => `credentialSubject/${member}`)
      .concat('awardedDate', 'validFrom', 'validUntil', 'credentialSubject/creditsEarned');
    const learner = { identifiers: [{ type: 'DID' as const, value: 'did:example:one' }] };
    for (const form of [withProof, asJwt])
      expect(await sent(await form(wrong, own), { learner })).toEqual(['REJECTED', ...all.map((member) => `PAYLOAD_MISMATCH /signedCredential/${member}`)]);
    expect(await sent(await signed(ownBadge(own.snapshot.did, `${address()}/versions/2`)))).toEqual([
      'REJECTED',
      'PAYLOAD_MISMATCH /signedCredential/credentialSubject/achievement/id',
    ]);
    expect(await sent(await signed(badge({ awardedDate: undefined })))).toEqual(['REJECTED', 'PAYLOAD_MISMATCH /signedCredential/awardedDate']);
    expect(await sent(await signed(badge({ awardedDate: 'soon' })))).toMatchObject(['REJECTED', expect.stringContaining('/signedCredential')]);
  });
});

describe('POST /events', () => {
  it('takes a signed credential, and refuses one that is too large or too deep', async () => {
    const { post } = httpClient(registry, bcit);
    const event = (signedCredential: unknown) =>
      inboundEvent('BCIT', SUBMIT_AWARD, aSubmission({ microCredentialCtid: course.ctid, signedCredential: signedCredential as string }));
    expect((await post(event(await signed()))).body.submissions).toMatchObject([{ state: 'ACCEPTED' }]);
    const large = event({ ...(await signed()), padding: 'x'.repeat(1_100_000) });
    const [{ submissionId } = { submissionId: '' }] = (await post(large)).body.submissions;
    expect(await registry.sql('select errors from submission where submission_id = $1', [submissionId])).toMatchObject([{ errors: [{ code: 'TOO_LARGE' }] }]);
    const text = JSON.stringify(event('DEEP')).replace('"DEEP"', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
    expect(await post(text)).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
  });
});
