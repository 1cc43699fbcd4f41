import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssuerKeySnapshot, PublishedMicroCredential, SubmitAward } from '@mcr/contracts';
import { type SecuredCredential, hashedEmail } from '@mcr/credentials';
import { createLogger } from '@mcr/runtime';
import { eventually } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { type AwardsRegistry, type Institution, everythingStored, startAwards } from '../../testing/awards-registry.ts';
import { submitted } from '../../testing/records.ts';
import { Verifier } from '../verification/verifier.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let course: PublishedMicroCredential;
let key: IssuerKeySnapshot;
const logged: string[] = [];

beforeAll(async () => {
  registry = await startAwards({}, { log: createLogger('debug', { write: (line) => void logged.push(line) }) });
  bcit = await registry.anInstitution('BCIT');
  const final = { id: 'final', name: 'Final exam', assessmentMethodType: 'Exam' as const, use: 'Summative' as const, assesses: [] };
  course = await registry.aMicroCredentialOf(bcit, { assessments: [final] });
  key = await registry.aKeyFor(bcit);
});
afterAll(() => registry?.close());

const submit = (data: Partial<SubmitAward>, eventId?: string) => submitted(bcit, { microCredentialCtid: course.ctid, ...data }, eventId);
const take = async (data: Partial<SubmitAward>) => {
  const [{ submissionId, state } = { submissionId: '', state: '' }] = await registry.get(Intake).take([submit(data)]);
  const [row] = await registry.sql<{ errors: { code: string; pointer: string }[] | null }>('select errors from submission where submission_id = $1', [
    submissionId,
  ]);
  return [state, ...(row!.errors ?? []).map(({ code, pointer }) => `${code} ${pointer}`)];
};

async function badgeOf(
  sourceAwardId: string,
): Promise<SecuredCredential & { credentialSubject: Record<string, unknown> & { achievement: Record<string, unknown> } }> {
  const document = await eventually(async () => {
    const [row] = await registry.sql<{ document: string }>(
      'select c.document from credential c join source_award using (award_id) where source_award_id = $1',
      [sourceAwardId],
    );
    if (!row) throw new Error('There is no credential yet.');
    return row.document;
  });
  return JSON.parse(document) as Awaited<ReturnType<typeof badgeOf>>;
}

const particulars = () => ({
  result: [
    { resultType: 'LetterGrade' as const, value: 'A−' },
    { resultType: 'Status' as const, status: 'Completed' as const },
  ],
  evidence: [
    { id: 'https://portfolio.example.ca/logbook?page=1#top', name: 'Logbook', narrative: 'Ten night shifts, <b>alone</b>; “très bien”.' },
    { id: `data:image/png;base64,${'A'.repeat(60_000)}`, name: 'A photograph' },
  ],
  assessmentRef: ['final'],
});

describe('What an institution sends beside the dates', () => {
  it('stands in the signed badge: results with their descriptions, and evidence', async () => {
    const sourceAwardId = randomUUID();
    const { result, evidence, assessmentRef } = particulars();
    expect(await take({ sourceAwardId, result, evidence, assessmentRef })).toEqual(['ACCEPTED']);
    const badge = await badgeOf(sourceAwardId);
    const { achievement } = badge.credentialSubject;
    const described = (nth: number) => `${achievement['id'] as string}#result-${nth}`;
    expect(achievement['resultDescription']).toEqual([
      { id: described(1), type: ['ResultDescription'], name: 'Letter Grade', resultType: 'LetterGrade' },
      { id: described(2), type: ['ResultDescription'], name: 'Status', resultType: 'Status' },
    ]);
    expect(badge.credentialSubject['result']).toEqual([
      { type: ['Result'], resultDescription: described(1), value: 'A−' },
      { type: ['Result'], resultDescription: described(2), status: 'Completed' },
    ]);
    expect(badge.evidence).toEqual(evidence.map((each) => ({ ...each, type: ['Evidence'] })));
    expect(await registry.get(Verifier).verify(badge)).toMatchObject({ verdict: 'VALID', issuer: { id: key.did } });
  });

  it('is in no event and no log, and in no table in clear but the credential itself', async () => {
    const sourceAwardId = randomUUID();
    const narrative = `Seen by Winter Kwong ${randomUUID()}`;
    const value = `grade ${randomUUID()}`;
    await take({ sourceAwardId, evidence: [{ name: 'Report', narrative }], result: [{ resultType: 'Result', value }] });
    await badgeOf(sourceAwardId);
    const [{ text: credentials } = { text: '' }] = await registry.sql<{ text: string }>('select string_agg(document, chr(10)) as text from credential');
    expect(credentials).toContain(narrative);
    const stored = await everythingStored(registry);
    expect(stored.split('\n').filter((row) => row.includes(narrative) && !row.includes('"credential_id"'))).toEqual([]);
    expect(stored.split('\n').filter((row) => row.includes(value) && !row.includes('"credential_id"'))).toEqual([]);
    expect(logged.join('')).not.toContain(narrative);
  });

  it('is part of the content: the same revision with another result is a conflict, the same again is not', async () => {
    const sourceAwardId = randomUUID();
    const data = { sourceAwardId, result: [{ resultType: 'Percent' as const, value: '80' }], evidence: [{ name: 'Report' }] };
    expect(await take(data)).toEqual(['ACCEPTED']);
    expect(await take(data)).toEqual(['DUPLICATE']);
    expect(await take({ ...data, result: [{ resultType: 'Percent', value: '90' }] })).toEqual(['REJECTED', 'IDEMPOTENCY_CONFLICT /revision']);
    expect(await take({ ...data, evidence: [{ name: 'Another' }] })).toEqual(['REJECTED', 'IDEMPOTENCY_CONFLICT /revision']);
    expect(await take({ sourceAwardId })).toEqual(['REJECTED', 'IDEMPOTENCY_CONFLICT /revision']);
  });

  it('is refused with every fault, and names assessments of the awarded version only', async () => {
    expect(await take({ assessmentRef: ['nothing'], hoursCompleted: 400 })).toEqual([
      'REJECTED',
      'ASSESSMENT_NOT_IN_MC /assessmentRef/0',
      'HOURS_OUT_OF_RANGE /hoursCompleted',
    ]);
    expect(await take({ result: [{ resultType: 'Percent', value: '101' }], evidence: [{ id: 'ftp://x', name: 'x' }] } as never)).toEqual([
      'REJECTED',
      'INVALID_VALUE /result/0/value',
      'INVALID_FORMAT /evidence/0/id',
    ]);
  });
});

describe('The learner of a badge', () => {
  const earnedBy = async (...identifiers: SubmitAward['learner']['identifiers']) => {
    const sourceAwardId = randomUUID();
    expect((await take({ sourceAwardId, learner: { identifiers } }))[0]).toBe('ACCEPTED');
    const badge = await badgeOf(sourceAwardId);
    expect(await registry.get(Verifier).verify(badge)).toMatchObject({ verdict: 'VALID' });
    return badge.credentialSubject;
  };
  const reference = expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) as unknown;

  it('is named by their DID', async () => {
    const did = `did:web:learner.example:${randomUUID()}`;
    const subject = await earnedBy({ type: 'EMAIL', value: `${randomUUID()}@mail.example` }, { type: 'DID', value: did });
    expect(subject['id']).toBe(did);
    expect(subject).not.toHaveProperty('identifier');
  });

  it('without one is named by a hash of their address, under another salt in each badge, beside the reference', async () => {
    const address = `Ana-${randomUUID()}@mail.example`;
    const [one, two] = [await earnedBy({ type: 'EMAIL', value: address }), await earnedBy({ type: 'EMAIL', value: address })];
    const [first, second] = [one, two].map(({ identifier }) => (identifier as { salt: string; identityHash: string }[])[0]!);
    expect(first).toMatchObject({ type: 'IdentityObject', hashed: true, identityType: 'emailAddress', salt: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(first!.identityHash).toBe(hashedEmail(address, first!.salt).hash);
    expect(second!.salt).not.toBe(first!.salt);
    expect([one['id'], two['id']]).toEqual([reference, one['id']]);
    expect(await everythingStored(registry)).not.toMatch(new RegExp(address, 'i'));
  });

  it('without either is named by the reference, as is one whose identifiers belong to two people', async () => {
    expect((await earnedBy({ type: 'STUDENT_NUMBER', value: randomUUID() }))['id']).toEqual(reference);
    const [a, b] = [`${randomUUID()}@mail.example`, `did:example:${randomUUID()}`];
    await earnedBy({ type: 'EMAIL', value: a });
    await earnedBy({ type: 'DID', value: b });
    const subject = await earnedBy({ type: 'EMAIL', value: a }, { type: 'DID', value: b });
    expect(subject['id']).toEqual(reference);
    expect(subject).not.toHaveProperty('identifier');
  });
});
