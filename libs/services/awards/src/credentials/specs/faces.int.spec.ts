import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssuerKeySnapshot, PublishedMicroCredential } from '@mcr/contracts';
import { CredentialsOfAwards, VerifyCredential } from '@mcr/contracts';
import { type Credential, addProof } from '@mcr/credentials';
import { anonymous } from '@mcr/identity';
import { eventually, principals } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { type AwardsRegistry, type Institution, startAwards } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let ubc: Institution;
let course: PublishedMicroCredential;
let key: IssuerKeySnapshot;

beforeAll(async () => {
  registry = await startAwards();
  bcit = await registry.anInstitution('BCIT');
  ubc = await registry.anInstitution('UBC');
  course = await registry.aMicroCredentialOf(bcit);
  key = await registry.aKeyFor(bcit);
});
afterAll(() => registry?.close());

async function anAward(): Promise<{ sourceAwardId: string; awardId: string }> {
  const sourceAwardId = randomUUID();
  await registry.get(Intake).take([submitted(bcit, { microCredentialCtid: course.ctid, sourceAwardId })]);
  return credentialed(sourceAwardId);
}

/** The award, once it has its credential. */
const credentialed = (sourceAwardId: string): Promise<{ sourceAwardId: string; awardId: string }> =>
  eventually(async () => {
    const [row] = await registry.sql<{ award_id: string }>(
      'select s.award_id from source_award s join credential using (award_id) where source_award_id = $1',
      [sourceAwardId],
    );
    if (!row) throw new Error('There is no credential yet.');
    return { sourceAwardId, awardId: row.award_id };
  });

const staff = (code: string) => registry.token({ sub: `staff-${code}`, client_id: 'registry-portal', roles: ['institution'], institution: code });
async function credential(awardId: string, accept: string | undefined, token: string | undefined, query = '') {
  const headers = { ...(accept && { accept }), ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${registry.url}/awards/${awardId}/credential${query}`, { headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type')?.split(';')[0], bytes, text: bytes.toString('utf8') };
}

interface Answer {
  readonly status: number;
  readonly body: {
    readonly verdict: string;
    readonly effectiveStatus?: string;
    readonly checks: { readonly id: string; readonly outcome: string; readonly code: string; readonly source: string }[];
    readonly code?: string;
    readonly errors?: { readonly pointer: string; readonly code: string }[];
  };
}
async function post(path: string, body: unknown, type = 'application/json', token?: string): Promise<Answer> {
  const headers = { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) };
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(`${registry.url}${path}`, { method: 'POST', headers, body: sent as string });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const failed = ({ body }: Answer) => body.checks.filter(({ outcome }) => outcome !== 'PASS').map(({ id, outcome, code }) => `${id} ${outcome} ${code}`);

describe('the credential of an award', () => {
  it('is handed out to its institution in four forms, each of which verifies', async () => {
    const { awardId } = await anAward();
    const token = await staff('BCIT');
    const json = await credential(awardId, undefined, token);
    expect(json).toMatchObject({ status: 200, type: 'application/vc' });
    const verified = await post('/verify', { credential: JSON.parse(json.text) as object });
    expect(failed(verified)).toEqual([]);
    expect(verified).toMatchObject({
      status: 200,
      body: { verdict: 'VALID', effectiveStatus: 'ACTIVE', issuer: { id: key.did }, microCredential: { name: course.name['en-CA'] } },
    });
    for (const [accept, sentAs] of [
      ['application/vc+jwt', 'application/vc+jwt'],
      ['image/png', 'image/png'],
      ['image/svg+xml;q=0.9, text/html', 'image/svg+xml'],
      ['application/ld+json', 'application/ld+json'],
    ] as const) {
      const form = await credential(awardId, accept, token);
      expect(form).toMatchObject({ status: 200, type: sentAs });
      const answer = await post('/verify', form.bytes, sentAs);
      expect([sentAs, answer.body.verdict, failed(answer)]).toEqual([sentAs, 'VALID', []]);
    }
    expect((await post('/verify', json.text, 'application/vc+ld+json; charset=utf-8')).body.verdict).toBe('VALID');
    expect((await credential(awardId, 'application/vc+jwt', token)).text).toBe((await credential(awardId, 'application/vc+jwt', token)).text);
    expect((await credential(awardId, 'text/csv', token)).status).toBe(406);
    // Whoever asks for nothing in particular is not told that there is nothing.
    const asked = await fetch(`${registry.url}/awards/${awardId}/credential`, { headers: { accept: '', authorization: `Bearer ${token}` } });
    expect([asked.status, asked.headers.get('content-type')]).toEqual([200, 'application/vc']);
  });

  it('is shown to nobody else: not to another institution, an analyst, a stranger, or without a token', async () => {
    const { awardId } = await anAward();
    const analyst = await registry.token({ sub: 'a', client_id: 'registry-portal', roles: ['ministry-analyst'] });
    const learner = await registry.token({ sub: 'nobody-knows', client_id: 'registry-portal', roles: ['learner'] });
    const statuses = await Promise.all(
      [await staff('UBC'), await registry.tokenOf(ubc), analyst, learner, undefined].map(async (token) => (await credential(awardId, undefined, token)).status),
    );
    expect(statuses).toEqual([404, 404, 403, expect.any(Number), 401]);
    expect(statuses[3]).toBeGreaterThanOrEqual(403);
    expect((await credential(randomUUID(), undefined, await staff('BCIT'))).status).toBe(404);
    for (const name of ['nothing', '%25zz', '%2525zz', 'urn%253Auuid%253A'])
      expect([name, (await credential(name, undefined, await staff('BCIT'))).status]).toEqual([name, 404]);
    expect((await credential(encodeURIComponent(`urn:uuid:${awardId}`), undefined, await staff('BCIT'))).status).toBe(200);
    expect((await credential(awardId, undefined, undefined, '?share=AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
    expect((await credential(awardId, undefined, undefined, `?share=${'A'.repeat(100_0)}`)).status).toBe(404);
    expect((await credential(awardId, undefined, await registry.tokenOf(bcit))).status).toBe(200);
  });

  it('is REVOKED within the minute once its institution revoked the award', async () => {
    const { awardId, sourceAwardId } = await anAward();
    const { text } = await credential(awardId, undefined, await staff('BCIT'));
    expect((await post('/verify', text, 'application/vc')).body.verdict).toBe('VALID');
    await registry.get(Intake).take([revoked(bcit, { sourceAwardId })]);
    await eventually(async () => {
      const answer = await post('/verify', text, 'application/vc');
      expect(answer.body).toMatchObject({ verdict: 'REVOKED', effectiveStatus: 'REVOKED' });
    });
  });

  it('stays VALID when it had waited for a key of its institution, and the key has been retired since', async () => {
    const sfu = await registry.anInstitution('SFU');
    const sourceAwardId = randomUUID();
    const { ctid } = await registry.aMicroCredentialOf(sfu);
    await registry.get(Intake).take([submitted(sfu, { microCredentialCtid: ctid, sourceAwardId })]);
    const first = await registry.aKeyFor(sfu);
    const { awardId } = await credentialed(sourceAwardId);
    const { text } = await credential(awardId, undefined, await staff('SFU'));
    expect((await post('/verify', text, 'application/vc')).body.verdict).toBe('VALID');
    await registry.retireKey(first);
    await registry.aKeyFor(sfu, 9);
    const answer = await post('/verify', text, 'application/vc');
    expect([answer.body.verdict, failed(answer)]).toEqual(['VALID', []]);
    // Nobody asked for it as a JWT while the first key could sign.
    const jwt = await credential(awardId, 'application/vc+jwt', await staff('SFU'));
    expect([jwt.status, (await post('/verify', jwt.text, 'application/vc+jwt')).body.verdict]).toEqual([200, 'VALID']);
  });

  it('is told good from revoked after its institution has stopped to let the registry sign', async () => {
    const vcc = await registry.anInstitution('VCC');
    const { ctid } = await registry.aMicroCredentialOf(vcc);
    const only = await registry.aKeyFor(vcc);
    const sourceAwardId = randomUUID();
    await registry.get(Intake).take([submitted(vcc, { microCredentialCtid: ctid, sourceAwardId })]);
    const { awardId } = await credentialed(sourceAwardId);
    const { text } = await credential(awardId, undefined, await staff('VCC'));
    await registry.retireKey(only);
    const kept = await post('/verify', text, 'application/vc');
    expect([kept.body.verdict, failed(kept)]).toEqual(['VALID', []]);
    expect((await credential(awardId, 'application/vc+jwt', await staff('VCC'))).status).toBe(409);
    await registry.get(Intake).take([revoked(vcc, { sourceAwardId })]);
    await eventually(async () => {
      const gone = await post('/verify', text, 'application/vc');
      // The list says so, beside the registry's own record.
      const { source } = gone.body.checks.find(({ id }) => id === 'revocation')!;
      expect([gone.body.verdict, failed(gone), source]).toEqual(['REVOKED', ['revocation FAIL REVOKED'], expect.stringContaining('/status/')]);
    });
  });

  it('is not verified once any of it was changed, or when somebody else signed it', async () => {
    const { awardId } = await anAward();
    const document = JSON.parse((await credential(awardId, undefined, await staff('BCIT'))).text) as Record<string, unknown>;
    for (const changed of [
      { ...document, awardedDate: '2020-01-01T00:00:00Z' },
      { ...document, id: `urn:uuid:${randomUUID()}` },
      { ...document, proof: undefined },
      { ...document, credentialStatus: undefined },
      { ...document, more: 1 },
    ])
      expect((await post('/verify', { credential: changed })).body.verdict).toBe('NOT_VERIFIED');
  });
});

describe('what anybody may send to be verified', () => {
  it.each([
    ['nothing', '', 'application/json', 400],
    ['no object', '[]', 'application/json', 422],
    ['an unknown member', '{"thing":1}', 'application/json', 422],
    ['two of the members', '{"shareToken":"x","url":"https://a.example"}', 'application/json', 422],
    ['an address that is not https', '{"url":"http://127.0.0.1/"}', 'application/json', 422],
    ['an address inside', '{"url":"https://127.0.0.1/"}', 'application/json', 422],
    ['an address of the machine’s own cloud', '{"url":"https://169.254.169.254/latest"}', 'application/json', 422],
    ['a share that is none', '{"shareToken":"AAAAAAAAAAAAAAAAAAAAAA"}', 'application/json', 404],
    ['another type', 'x', 'text/html', 415],
    ['a picture without a credential', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml', 422],
    ['duplicate members', '{"credential":{"a":1,"a":2}}', 'application/json', 400],
  ])('%s is refused in words', async (_, body, type, status) => {
    const answer = await post('/verify', body, type);
    expect(answer).toMatchObject({ status, body: { code: expect.any(String) } });
  });

  it.each([
    ['a credential itself as JSON', '{"@context":[]}', { pointer: '', code: 'REQUIRED', hint: expect.stringContaining('application/vc') }],
    ['two credentials', '{"credential":[{},{}]}', { pointer: '/credential', message: expect.stringContaining('one credential') }],
    ['no credential', '{"credential":null}', { pointer: '/credential', message: expect.stringContaining('one credential') }],
    ['an open address', '{"url":"http://registry.example/"}', { pointer: '/url', message: expect.stringContaining('https://') }],
  ])('%s is refused, with how to mend it', async (_, body, fault) => {
    expect(await post('/verify', body)).toMatchObject({ status: 422, body: { errors: [fault] } });
  });

  it.each([
    ['an empty document', '{}'],
    ['a JWT that is none', 'a.b.c'],
    ['ten thousand levels', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a context from elsewhere', '{"@context":["https://www.w3.org/ns/credentials/v2","https://evil.example/c"],"type":["VerifiableCredential"]}'],
  ])('%s is answered with NOT_VERIFIED, quickly', async (_, body) => {
    const begun = performance.now();
    const answer = await post('/verify', body, 'application/vc');
    expect(answer).toMatchObject({ status: 200, body: { verdict: 'NOT_VERIFIED' } });
    // The promise is half a second; this machine may be busy.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('the VC API', () => {
  const plain = () => ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: key.did,
    credentialSubject: { id: 'did:example:someone' },
  });

  it('issues for the institution of a publishing client, and verifies what it issued', async () => {
    const token = await registry.tokenOf(bcit);
    const issued = (await post('/credentials/issue', { credential: plain() }, 'application/json', token)) as unknown as {
      status: number;
      body: { verifiableCredential: Record<string, unknown> };
    };
    expect(issued).toMatchObject({ status: 201, body: { verifiableCredential: { proof: { verificationMethod: key.kid } } } });
    const { verifiableCredential } = issued.body;
    expect(await post('/credentials/verify', { verifiableCredential })).toMatchObject({ status: 200, body: { verified: true } });
    const changed = { ...verifiableCredential, credentialSubject: { id: 'did:example:another' } };
    expect((await post('/credentials/verify', { verifiableCredential: changed })).status).toBe(400);
    // It is no award, so the registry says that it does not know it.
    expect((await post('/verify', { credential: verifiableCredential })).body.verdict).toBe('NOT_VERIFIED');
  });

  it('verifies what a key of an institution signed before it was retired, in each form, and not what was signed with it later', async () => {
    const jibc = await registry.anInstitution('JIBC');
    const { ctid } = await registry.aMicroCredentialOf(jibc);
    const retired = await registry.aKeyFor(jibc);
    const sourceAwardId = randomUUID();
    await registry.get(Intake).take([submitted(jibc, { microCredentialCtid: ctid, sourceAwardId })]);
    const { awardId } = await credentialed(sourceAwardId);
    const form = async (accept: string) => (await credential(awardId, accept, await staff('JIBC'))).text;
    const [document, jwt] = [JSON.parse(await form('application/vc')) as Credential, await form('application/vc+jwt')];
    await registry.retireKey(retired);
    expect((await post('/credentials/verify', { verifiableCredential: document })).status).toBe(200);
    expect((await post('/credentials/verify', { verifiableCredential: jwt })).status).toBe(200);
    const { key: own, snapshot } = await registry.anOwnKeyFor(jibc, 9);
    const signedAt = async (created: Date) => {
      const verifiableCredential = await addProof({ ...plain(), issuer: snapshot.did }, { key: own, verificationMethod: snapshot.kid, created });
      return post('/credentials/verify', { verifiableCredential });
    };
    await registry.retireKey(snapshot, 10);
    expect((await signedAt(new Date(snapshot.activatedAt))).status).toBe(200);
    expect(await signedAt(new Date(Date.now() + 1_000))).toMatchObject({ status: 400, body: { errors: [{ code: 'KEY_RETIRED' }] } });
  });

  it('refuses what it may not sign, and who may not ask', async () => {
    const token = await registry.tokenOf(bcit);
    const issue = async (credential: unknown, by: string | undefined = token) =>
      (await post('/credentials/issue', { credential }, 'application/json', by)).status;
    expect(await issue({ ...plain(), issuer: 'did:web:elsewhere.example' })).toBe(400);
    expect(await issue({ ...plain(), issuer: 'not a url' })).toBe(400);
    expect(await issue({ ...plain(), type: [] })).toBe(400);
    expect(await issue({ ...plain(), proof: {} })).toBe(400);
    const { awardId } = await anAward();
    const badge = JSON.parse((await credential(awardId, undefined, token)).text) as { credentialStatus: { statusListCredential: string } };
    const { proof: _, ...list } = (await (await fetch(badge.credentialStatus.statusListCredential)).json()) as Record<string, unknown>;
    expect(await issue(list)).toBe(400);
    expect(await issue({ ...list, id: `urn:uuid:${randomUUID()}` })).toBe(201);
    expect(await issue('text')).toBe(400);
    expect(await issue(plain(), await staff('BCIT'))).toBe(403);
    expect(await issue(plain(), await registry.tokenOf(ubc))).toBe(409);
    expect((await post('/credentials/issue', { credential: plain() })).status).toBe(401);
    expect((await post('/presentations/verify', { verifiablePresentation: {} })).status).toBe(400);
    expect((await post('/credentials/verify', {})).status).toBe(400);
  });
});

describe('questions of the gateway', () => {
  it('are answered with the credentials that the caller may see, verified if that is asked', async () => {
    const { awardId } = await anAward();
    const awards = [`urn:uuid:${awardId}`, `urn:uuid:${randomUUID()}`];
    const [found, ...others] = await registry.call(CredentialsOfAwards, { awards, verify: true }, principals.registrar);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ awardId: awards[0], verification: { verdict: 'VALID' } });
    expect(await registry.call(CredentialsOfAwards, { awards }, principals.institution('UBC'))).toEqual([]);
    expect(await registry.call(CredentialsOfAwards, { awards }, principals.institution('BCIT'))).toHaveLength(1);
    expect(await registry.call(VerifyCredential, { credential: found!.credential }, anonymous)).toMatchObject({ verdict: 'VALID' });
  });
});
