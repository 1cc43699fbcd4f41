import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential, SubmitAward } from '@mcr/contracts';
import { Intake } from '../intake.ts';
import { everythingStored, startAwards, type AwardsRegistry, type Institution } from '../../testing/awards-registry.ts';
import { submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let ubc: Institution;
let course: PublishedMicroCredential;

beforeAll(async () => {
  registry = await startAwards();
  bcit = await registry.anInstitution('BCIT');
  ubc = await registry.anInstitution('UBC');
  course = await registry.aMicroCredentialOf(bcit, { offeredBy: [bcit.ctid, ubc.ctid] });
});
afterAll(() => registry?.close());

type Identifiers = SubmitAward['learner']['identifiers'];
const pen = (value: string): Identifiers[number] => ({ type: 'PEN', value });
const email = (value: string): Identifiers[number] => ({ type: 'EMAIL', value });
const studentNumber = (value: string): Identifiers[number] => ({ type: 'STUDENT_NUMBER', value });

/** Sends a record of each learner, together, and says who they turned out to be, with the warnings. */
async function learnersOf(...sent: { by?: Institution; identifiers: Identifiers; on?: string }[]) {
  const records = sent.map(({ by = bcit, identifiers, on = '2026-06-01' }) =>
    submitted(by, { microCredentialCtid: course.ctid, learner: { identifiers }, awardedDate: on, sourceAwardId: randomUUID() }),
  );
  const answers = await registry.get<Intake>(Intake).take(records);
  const rows = await registry.sql<{ submission_id: string; learner_ref: string; warnings: { code: string }[] | null }>(
    'select submission_id, learner_ref, warnings from submission join award using (award_id) where submission_id = any ($1)',
    [answers.map(({ submissionId }) => submissionId)],
  );
  const byId = new Map(rows.map((row) => [row.submission_id, row]));
  return answers.map(({ submissionId }) => {
    const { learner_ref, warnings } = byId.get(submissionId)!;
    return { ref: learner_ref, warnings: (warnings ?? []).map(({ code }) => code) };
  });
}

describe('A learner', () => {
  it('is found again by any identifier, in whatever spelling', async () => {
    const [first] = await learnersOf({ identifiers: [studentNumber('a100'), email('Ana@Example.ca')], on: '2026-01-01' });
    const [second] = await learnersOf({ identifiers: [studentNumber(' A100')], on: '2026-01-02' });
    const [third] = await learnersOf({ identifiers: [email('ana@example.CA'), pen('120164447')], on: '2026-01-03' });
    const [fourth] = await learnersOf({ identifiers: [pen('120164447')], by: ubc, on: '2026-01-04' });
    expect([second, third, fourth].map((learner) => learner!.ref)).toEqual([first!.ref, first!.ref, first!.ref]);
  });

  it('is somebody else at another institution, when only the student number is the same', async () => {
    const [at, elsewhere] = await learnersOf({ identifiers: [studentNumber('B200')] }, { identifiers: [studentNumber('B200')], by: ubc });
    expect(at!.ref).not.toBe(elsewhere!.ref);
  });

  it('keeps an identifier that another record claims for somebody else', async () => {
    const [ana] = await learnersOf({ identifiers: [pen('746282656')], on: '2026-01-01' });
    const [bo] = await learnersOf({ identifiers: [email('bo@example.ca')], on: '2026-01-02' });
    const [both] = await learnersOf({ identifiers: [email('bo@example.ca'), pen('746282656')], on: '2026-01-03' });
    expect(both).toEqual({ ref: ana!.ref, warnings: ['LEARNER_AMBIGUOUS'] });
    expect((await learnersOf({ identifiers: [email('bo@example.ca')], on: '2026-01-04' }))[0]!.ref).toBe(bo!.ref);
  });

  it('with a new identifier beside a known one gets it, although it was written for a newcomer first', async () => {
    const [ana] = await learnersOf({ identifiers: [studentNumber('D400')], on: '2026-01-01' });
    await learnersOf({ identifiers: [studentNumber('D400'), email('dee@example.ca')], on: '2026-01-02' });
    expect((await learnersOf({ identifiers: [email('dee@example.ca')], on: '2026-01-03' }))[0]!.ref).toBe(ana!.ref);
  });

  it('has one reference although fifty records name the learner at once', async () => {
    const learners = await Promise.all(Array.from({ length: 50 }, (_, index) => learnersOf({ identifiers: [studentNumber('C300')], on: dayOf(index) })));
    expect(new Set(learners.map(([learner]) => learner!.ref)).size).toBe(1);
  });

  it('who holds the same already is awarded again, with a warning', async () => {
    const same = { identifiers: [studentNumber('E500')] };
    const together = (await learnersOf(same, same)).sort((a, b) => a.warnings.length - b.warnings.length);
    const [later] = await learnersOf(same);
    expect([...together, later].map((learner) => learner!.warnings)).toEqual([[], ['POSSIBLE_DUPLICATE'], ['POSSIBLE_DUPLICATE']]);
  });

  it('leaves no name and no identifier behind, whether accepted, refused or repeated', async () => {
    const record = (changes: Partial<SubmitAward>) =>
      submitted(bcit, {
        microCredentialCtid: course.ctid,
        learner: { identifiers: [studentNumber('CANARY-1'), email('canary@example.ca'), pen('120164447')], name: 'Canary Bird' },
        ...changes,
      });
    const accepted = record({});
    await registry
      .get<Intake>(Intake)
      .take([accepted, record({ hoursCompleted: 999 }), { ...accepted, data: { ...(accepted.data as object), method: 'PLAR' } }]);
    const stored = await everythingStored(registry);
    expect(stored).toContain((accepted.data as SubmitAward).sourceAwardId);
    expect(stored).not.toMatch(/canary|bird|120164447/i);
  });
});

const dayOf = (index: number): string => `2026-0${1 + Math.floor(index / 25)}-${String(1 + (index % 25)).padStart(2, '0')}`;
