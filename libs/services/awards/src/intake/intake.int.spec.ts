import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential } from '@mcr/contracts';
import { Intake } from './intake.ts';
import { startAwards, type AwardsRegistry, type Institution } from '../testing/awards-registry.ts';
import { revoked, submitted } from '../testing/records.ts';

let registry: AwardsRegistry;
let intake: Intake;
let bcit: Institution;
let course: PublishedMicroCredential;

beforeAll(async () => {
  registry = await startAwards();
  intake = registry.get(Intake);
  bcit = await registry.anInstitution('BCIT');
  course = await registry.aMicroCredentialOf(bcit);
});
afterAll(() => registry?.close());

const submit = (data: Parameters<typeof submitted>[1] = {}, eventId?: string) => submitted(bcit, { microCredentialCtid: course.ctid, ...data }, eventId);
const stateOf = async (record: ReturnType<typeof submit>) => (await intake.take([record]))[0]!.state;
const awardsOf = (sourceAwardId: string) =>
  registry.sql('select a.* from award a join source_award s using (award_id) where s.source_award_id = $1', [sourceAwardId]);

describe('The intake', () => {
  it('accepts a record, keeps its award and tells both in one transaction', async () => {
    const record = submit({ sourceAwardId: 'first' });
    expect(await intake.take([record])).toEqual([{ eventId: record.eventId, submissionId: expect.any(String), state: 'ACCEPTED' }]);
    const [award] = await awardsOf('first');
    expect(award).toMatchObject({ status: 'ACTIVE', version: 1, revision: 1, institution_ctid: bcit.ctid, micro_credential_version: 1 });
    const events = await registry.sql<{ type: string; version: number; event: string }>('select type, version, event from event_log order by type');
    expect(events.map(({ type, version }) => [type, version])).toEqual([
      ['ca.bc.mcr.award.issued.v1', 1],
      ['ca.bc.mcr.submission.decided.v1', 1],
    ]);
    expect(JSON.parse(events[0]!.event).data).toMatchObject({ sourceAwardId: 'first', learnerRef: award!.learner_ref, status: 'ACTIVE' });
  });

  it('revokes with the next revision', async () => {
    const sourceAwardId = randomUUID();
    expect(await stateOf(submit({ sourceAwardId }))).toBe('ACCEPTED');
    expect(await stateOf(revoked(bcit, { sourceAwardId }))).toBe('ACCEPTED');
    expect(await awardsOf(sourceAwardId)).toMatchObject([{ status: 'REVOKED', version: 2, revision: 2, reason_code: 'ISSUED_IN_ERROR' }]);
  });
});
