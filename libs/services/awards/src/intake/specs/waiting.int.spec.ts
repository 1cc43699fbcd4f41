import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential, SubmitAward } from '@mcr/contracts';
import { aPublishedMicroCredential, eventually } from '@mcr/testing';
import type { SentRecord } from '../arrival.ts';
import { Intake } from '../intake.ts';
import { everythingStored, startAwards, type AwardsRegistry, type Institution } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

let registry: AwardsRegistry;
let bcit: Institution;

beforeAll(async () => {
  registry = await startAwards();
  bcit = await registry.anInstitution('BCIT');
});
afterAll(() => registry?.close());

const take = async (...records: SentRecord[]) => registry.get<Intake>(Intake).take(records);
const unpublished = (): PublishedMicroCredential => aPublishedMicroCredential({ ownedBy: bcit.ctid });
const outcomeOf = async (submissionId: string): Promise<string> => {
  const [row] = await registry.sql<{ state: string; errors: { code: string }[] | null }>('select state, errors from submission where submission_id = $1', [
    submissionId,
  ]);
  return row!.errors ? row!.errors.map(({ code }) => code).join() : row!.state;
};
const becomes = (submissionId: string, outcome: string) => eventually(async () => expect(await outcomeOf(submissionId)).toBe(outcome));
const decisionsOf = (submissionId: string) => registry.sql(`select 1 from event_log where topic = 'mcr.submissions.v1' and key = $1`, [submissionId]);

describe('A record of a micro-credential that is not known yet', () => {
  it('waits, and is accepted once the micro-credential is known', async () => {
    const course = unpublished();
    const [answer] = await take(submitted(bcit, { microCredentialCtid: course.ctid }));
    expect(answer!.state).toBe('PENDING');
    expect(await decisionsOf(answer!.submissionId)).toHaveLength(0);
    await registry.publishLater(course);
    await becomes(answer!.submissionId, 'ACCEPTED');
    expect(await decisionsOf(answer!.submissionId)).toHaveLength(1);
  });

  it('takes along the records that wait behind it', async () => {
    const course = unpublished();
    const sourceAwardId = randomUUID();
    const answers = [...(await take(submitted(bcit, { sourceAwardId, microCredentialCtid: course.ctid }))), ...(await take(revoked(bcit, { sourceAwardId })))];
    expect(answers.map(({ state }) => state)).toEqual(['PENDING', 'PENDING']);
    await registry.publishLater(course);
    for (const { submissionId } of answers) await becomes(submissionId, 'ACCEPTED');
    const [award] = await registry.sql('select status, version from award join source_award using (award_id) where source_award_id = $1', [sourceAwardId]);
    expect(award).toEqual({ status: 'REVOKED', version: 2 });
  });

  it('is refused in the end, with its other faults', async () => {
    const [answer] = await take(submitted(bcit, { microCredentialCtid: unpublished().ctid, hoursCompleted: 300 }));
    await becomes(answer!.submissionId, 'MC_NOT_FOUND,HOURS_OUT_OF_RANGE');
  });

  it('is not refused while an event of the programs is set aside', async () => {
    const consumer = ['awards.facts', 'mcr.programs.v1'];
    const admin = registry.database('awards');
    await admin.query(
      `insert into dead_letter (consumer, topic, partition, pos, key, type, reason, detail, event) values ($1, $2, 0, 999999, 'k', 't', 'HANDLER_FAILED', '', '{}')`,
      consumer,
    );
    const [answer] = await take(submitted(bcit, { microCredentialCtid: unpublished().ctid }));
    const [next] = await take(revoked(bcit, { sourceAwardId: randomUUID() }));
    // The gap of another record that came later runs out meanwhile: the wait of this one has long passed.
    await becomes(next!.submissionId, 'REVISION_GAP');
    expect(await outcomeOf(answer!.submissionId)).toBe('PENDING');
    await admin.query('delete from dead_letter where consumer = $1 and topic = $2', consumer);
    await becomes(answer!.submissionId, 'MC_NOT_FOUND');
  });

  it('is kept encrypted while it waits, and not at all afterwards', async () => {
    const course = unpublished();
    const learner: SubmitAward['learner'] = { identifiers: [{ type: 'EMAIL', value: 'canary@example.ca' }], name: 'Canary Bird' };
    const [answer] = await take(submitted(bcit, { microCredentialCtid: course.ctid, learner }));
    const sealed = () => registry.sql('select sealed from submission where submission_id = $1', [answer!.submissionId]);
    expect((await sealed())[0]!['sealed']).toBeInstanceOf(Buffer);
    expect(await everythingStored(registry)).not.toMatch(/canary/i);
    await registry.publishLater(course);
    await becomes(answer!.submissionId, 'ACCEPTED');
    expect(await sealed()).toEqual([{ sealed: null }]);
    expect(await everythingStored(registry)).not.toMatch(/canary/i);
  });
});

describe('A revision that comes before the ones it builds on', () => {
  it('waits, and is decided together with the one that was missing', async () => {
    const course = await registry.aMicroCredentialOf(bcit);
    const sourceAwardId = randomUUID();
    const [early] = await take(revoked(bcit, { sourceAwardId }));
    expect(early!.state).toBe('PENDING');
    const [late] = await take(submitted(bcit, { sourceAwardId, microCredentialCtid: course.ctid }));
    expect(late!.state).toBe('ACCEPTED');
    expect(await outcomeOf(early!.submissionId)).toBe('ACCEPTED');
  });

  it('is refused when they do not come', async () => {
    const [alone] = await take(revoked(bcit, { sourceAwardId: randomUUID() }));
    await becomes(alone!.submissionId, 'REVISION_GAP');
  });

  it('is compared with what waits at its place', async () => {
    const sourceAwardId = randomUUID();
    const [first, same, changed] = await take(
      revoked(bcit, { sourceAwardId }),
      revoked(bcit, { sourceAwardId }),
      revoked(bcit, { sourceAwardId, reasonCode: 'DATA_CORRECTION' }),
    );
    expect([first!.state, same!.state]).toEqual(['PENDING', 'DUPLICATE']);
    expect(await outcomeOf(changed!.submissionId)).toBe('IDEMPOTENCY_CONFLICT');
  });
});

describe('What waits when the service stops', () => {
  it('is decided by the next start', async () => {
    const first = await startAwards({ sweepMs: 60_000 });
    const keep = { databaseUrl: first.running.settings.databaseUrl!, dataDir: first.dataDir };
    try {
      const institution = await first.anInstitution('UBC');
      const course = aPublishedMicroCredential({ ownedBy: institution.ctid });
      const [answer] = await first.get<Intake>(Intake).take([submitted(institution, { microCredentialCtid: course.ctid })]);
      expect(answer!.state).toBe('PENDING');
      await first.publishLater(course);
      await first.running.close();
      const second = await startAwards({}, keep);
      try {
        await eventually(async () =>
          expect(await second.sql('select state from submission where submission_id = $1', [answer!.submissionId])).toEqual([{ state: 'ACCEPTED' }]),
        );
      } finally {
        await second.close();
      }
    } finally {
      await first.close();
    }
  });
});
