import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CredentialsOfAwards, LinkLearner, type PublishedMicroCredential, VerifyCredential } from '@mcr/contracts';
import { anonymous } from '@mcr/identity';
import { createLogger } from '@mcr/runtime';
import { eventually, principals } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { type AwardsRegistry, type Institution, startAwards } from '../../testing/awards-registry.ts';
import { submitted } from '../../testing/records.ts';
import { aLinkedLearner, awardTo, revokeAward } from '../../testing/learners.ts';

interface Verified {
  readonly verdict: string;
  readonly issuer: { readonly id: string; readonly name: string };
  readonly checks: readonly { readonly id: string; readonly outcome: string; readonly code: string }[];
  readonly credentials?: readonly { readonly verdict: string; readonly issuer: { readonly id: string } }[];
}

interface LearnerRecord {
  readonly issuer: { readonly id: string };
  readonly partial: boolean;
  readonly credentialSubject: { readonly id: string; readonly verifiableCredential: readonly { readonly id: string; readonly awardedDate: string }[] };
  readonly proof: { readonly verificationMethod: string };
}

const logged: string[] = [];
let registry: AwardsRegistry;
let bcit: Institution;
let ubc: Institution;
let courses: PublishedMicroCredential[];

beforeAll(async () => {
  registry = await startAwards({}, { log: createLogger('trace', { write: (line) => void logged.push(line) }) });
  [bcit, ubc] = [await registry.anInstitution('BCIT'), await registry.anInstitution('UBC')];
  courses = [await registry.aMicroCredentialOf(bcit), await registry.aMicroCredentialOf(bcit), await registry.aMicroCredentialOf(ubc)];
  await registry.aKeyFor(bcit);
});
afterAll(() => registry?.close());

const credentialed = (awards: readonly string[]) =>
  eventually(async () => expect(await registry.call(CredentialsOfAwards, { awards: [...awards] }, principals.registrar)).toHaveLength(awards.length));
const signedIn = (sub: string, roles: readonly string[] = ['learner']) => registry.token({ sub, client_id: 'registry-portal', roles: [...roles] });

async function read(token: string | undefined, accept?: string) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(accept && { accept }) };
  const response = await fetch(`${registry.url}/learners/me/record`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function verify(record: string): Promise<Verified> {
  const response = await fetch(`${registry.url}/verify`, { method: 'POST', headers: { 'content-type': 'application/vc' }, body: record });
  expect(response.status).toBe(200);
  return (await response.json()) as Verified;
}

describe('The record of a learner', () => {
  it('holds what they earned everywhere, as it was signed, under one signature of the registry; anybody can verify all of it', async () => {
    const ana = await aLinkedLearner(registry, bcit, [courses[0]!, courses[1]!]);
    await credentialed(ana.awards);
    const answer = await read(await signedIn(ana.learner.subject));
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      expect.stringContaining('application/vc'),
      'private, no-store',
    ]);
    const record = JSON.parse(answer.text) as LearnerRecord;
    const own = await registry.call(CredentialsOfAwards, { awards: ana.awards }, ana.learner);
    expect(record.credentialSubject.verifiableCredential.map((credential) => JSON.stringify(credential)).sort()).toEqual(
      own.map(({ credential }) => credential).sort(),
    );
    expect(record).toMatchObject({ type: ['VerifiableCredential', 'ClrCredential'], partial: false, proof: { cryptosuite: 'eddsa-rdfc-2022' } });

    const { port } = new URL(registry.url);
    const verification = await verify(answer.text);
    expect(verification).toMatchObject({ verdict: 'VALID', issuer: { id: `did:web:127.0.0.1%3A${port}`, name: 'Micro-credential registry' } });
    expect(verification.checks.filter(({ outcome }) => !['PASS', 'SKIPPED'].includes(outcome))).toEqual([]);
    expect(verification.credentials!.map(({ verdict }) => verdict)).toEqual(['VALID', 'VALID']);
    expect(await registry.call(VerifyCredential, { credential: answer.text }, anonymous)).toMatchObject({ verdict: 'VALID' });
  });

  it('is signed with a key that stands in the DID document of the registry, where did:web looks for it', async () => {
    const bo = await aLinkedLearner(registry, bcit, [courses[0]!]);
    await credentialed(bo.awards);
    const record = JSON.parse((await read(await signedIn(bo.learner.subject))).text) as LearnerRecord;
    const response = await fetch(`${registry.url}/.well-known/did.json`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('application/did+ld+json')]);
    expect(await response.json()).toMatchObject({ id: record.issuer.id, assertionMethod: [record.proof.verificationMethod] });
  });

  it('leaves out what was revoked; a record from before says which, and is not VALID any more', async () => {
    const cy = await aLinkedLearner(registry, bcit, [courses[0]!, courses[1]!]);
    await credentialed(cy.awards);
    const token = await signedIn(cy.learner.subject);
    const before = (await read(token)).text;
    await revokeAward(registry, bcit, cy.awards[0]!);
    await eventually(async () => {
      const verification = await verify(before);
      expect([verification.verdict, verification.credentials!.map(({ verdict }) => verdict).sort()]).toEqual(['REVOKED', ['REVOKED', 'VALID']]);
    });
    const after = await read(token);
    expect((JSON.parse(after.text) as LearnerRecord).credentialSubject.verifiableCredential).toHaveLength(1);
    expect(await verify(after.text)).toMatchObject({ verdict: 'VALID' });
  });

  it('holds what has expired, and says so; what does not count yet it leaves out, and is partial', async () => {
    const jo = await aLinkedLearner(registry, bcit, [courses[0]!]);
    const learner = { identifiers: [{ type: 'STUDENT_NUMBER' as const, value: jo.studentNumber }] };
    const facts = { microCredentialCtid: courses[1]!.ctid, learner, awardedDate: '2026-06-01' };
    const dates = [{ validUntil: '2026-07-01T00:00:00Z' }, { validFrom: '2099-01-01T00:00:00Z' }];
    await registry.get<Intake>(Intake).take(dates.map((each) => submitted(bcit, { ...facts, ...each })));
    await eventually(async () => {
      const { text } = await read(await signedIn(jo.learner.subject));
      const record = JSON.parse(text) as LearnerRecord;
      expect([record.credentialSubject.verifiableCredential.length, record.partial]).toEqual([2, true]);
      const { verdict, credentials } = await verify(text);
      expect([verdict, credentials!.map((each) => each.verdict).sort()]).toEqual(['EXPIRED', ['EXPIRED', 'VALID']]);
    });
  }, 60_000);

  it('goes over all institutions, is partial while one of its awards has no credential, and whole once it has', async () => {
    const [email, subject] = ['eve@learners.example', 'learner-eve'];
    const take = async (by: Institution, { ctid }: PublishedMicroCredential) => {
      const learner = { identifiers: [{ type: 'EMAIL' as const, value: email }] };
      await registry.get<Intake>(Intake).take([submitted(by, { microCredentialCtid: ctid, learner, awardedDate: '2026-06-01' })]);
    };
    const recordOf = async () => {
      const { status, text } = await read(await signedIn(subject));
      return status === 200 ? (JSON.parse(text) as LearnerRecord) : status;
    };
    // UBC has no key yet.
    await take(ubc, courses[2]!);
    await registry.call(LinkLearner, { subject, identifier: { type: 'EMAIL', value: email } }, principals.registrar);
    expect(await recordOf()).toBe(404);
    await take(bcit, courses[0]!);
    await eventually(async () => expect(await recordOf()).toMatchObject({ partial: true, credentialSubject: { verifiableCredential: [expect.anything()] } }));
    const key = await registry.aKeyFor(ubc);
    await eventually(async () => expect(await recordOf()).toMatchObject({ partial: false }), { timeoutMs: 15_000 });
    const { text } = await read(await signedIn(subject));
    const { verdict, credentials } = await verify(text);
    expect([verdict, credentials!.map(({ issuer }) => issuer.id)]).toEqual(['VALID', expect.arrayContaining([key.did])]);
  }, 60_000);

  it('has the newest fifty of more, says that it is partial, and all fifty verify', async () => {
    const ivy = await aLinkedLearner(registry, bcit, [courses[0]!]);
    const more = await awardTo(
      registry,
      bcit,
      ivy.studentNumber,
      Array.from({ length: 51 }, (_, at) => courses[at % 2]!),
    );
    await credentialed([...ivy.awards, ...more]);
    const { text } = await read(await signedIn(ivy.learner.subject));
    const record = JSON.parse(text) as LearnerRecord;
    expect([record.credentialSubject.verifiableCredential.length, record.partial]).toEqual([50, true]);
    const { verdict, credentials } = await verify(text);
    expect([verdict, credentials!.length]).toEqual(['VALID', 50]);
  }, 180_000);

  it('is not verified once anything in it was changed, or a credential was taken out', async () => {
    const fay = await aLinkedLearner(registry, bcit, [courses[0]!, courses[1]!]);
    await credentialed(fay.awards);
    const { text } = await read(await signedIn(fay.learner.subject));
    const shorter = JSON.parse(text) as { credentialSubject: { verifiableCredential: unknown[] } };
    shorter.credentialSubject.verifiableCredential.pop();
    for (const changed of [
      text.replace('"partial":false', '"partial":true'),
      text.replace(/"awardedDate":"\d{4}/, '"awardedDate":"2020'),
      JSON.stringify(shorter),
    ])
      expect([changed === text, (await verify(changed)).verdict]).toEqual([false, 'NOT_VERIFIED']);
  });

  it('is nobody else’s: not an institution’s, the ministry’s, a stranger’s, or a learner’s whose sign-in is not linked', async () => {
    const ask = async (token: string | undefined) => (await read(token)).status;
    expect(await ask(undefined)).toBe(401);
    expect(await ask('a.b.c')).toBe(401);
    for (const role of ['ministry-registrar', 'ministry-analyst', 'advisor', 'admin']) expect(await ask(await signedIn('x', [role]))).toBe(403);
    expect(await ask(await registry.tokenOf(bcit))).toBe(403);
    expect(await ask(await signedIn('nobody-knows'))).toBe(403);
    const gus = await aLinkedLearner(registry, bcit, [courses[0]!]);
    await credentialed(gus.awards);
    expect((await read(await signedIn(gus.learner.subject), 'text/csv')).status).toBe(406);
  });

  it('leaves nothing of the learner in the log of the process', async () => {
    const hal = await aLinkedLearner(registry, bcit, [courses[0]!]);
    await credentialed(hal.awards);
    const record = JSON.parse((await read(await signedIn(hal.learner.subject))).text) as LearnerRecord;
    for (const secret of [hal.learner.subject, hal.studentNumber, record.credentialSubject.id]) expect(logged.join('\n')).not.toContain(secret);
  });
});
