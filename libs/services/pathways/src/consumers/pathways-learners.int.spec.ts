import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwardIssued, AwardRevoked, type AwardSnapshot } from '@mcr/contracts';
import { envelop } from '@mcr/event-kit';
import { type TestRegistry, anAwardSnapshot, eventually, startServices } from '@mcr/testing';
import { pathways } from '../pathways.service.ts';
import { otherServices } from '../testing/other-services.ts';
import { awardsOfLearner } from '../storage/held-awards.ts';
import { PathwaysLearners } from './pathways-learners.ts';

let registry: TestRegistry;
beforeAll(async () => void (registry = await startServices([...otherServices, pathways])));
afterAll(() => registry.close());

const learners = new PathwaysLearners();
const [one, other] = [anAwardSnapshot({ validUntil: '2028-06-15T00:00:00-07:00' }), anAwardSnapshot()];
other.learnerRef = one.learnerRef;
const at = (version: number, day: string) => ({ service: 'awards', version, now: new Date(`${day}T19:00:00Z`) });
const revoked = (award: AwardSnapshot): AwardSnapshot => ({ ...award, status: 'REVOKED', previousStatus: 'ACTIVE', reasonCode: 'ISSUED_IN_ERROR' });

const events = [
  envelop(AwardIssued, one, at(1, '2026-06-16')),
  envelop(AwardRevoked, revoked(one), at(2, '2026-07-01')),
  envelop(AwardIssued, other, at(1, '2026-06-17')),
];
const orders = [
  [[0, 1, 2]],
  [[2, 1, 0]],
  [[1], [0], [2]],
  [
    [1, 0],
    [0, 1, 2],
    [2, 0],
  ],
  [[0], [0], [2], [1], [1, 1], [0]],
];

describe('What pathways knows of awards', () => {
  it.each(orders)('is the newest that each said, in whatever order it arrives, together or alone, and however often: %j', async (...batches) => {
    const { unitOfWork, database } = registry.parts('pathways');
    await database.query('delete from held_award');
    for (const batch of batches) await unitOfWork.run((tx) => learners.keepAwardsWhenTheyChanged(batch.map((index) => events[index]!) as never, { tx }));
    const rows = await database.query('select award_id, status, revoked_at, aggregate_version from held_award order by status');
    expect(rows).toEqual([
      { award_id: other.awardId.slice(9), status: 'ACTIVE', revoked_at: null, aggregate_version: 1 },
      { award_id: one.awardId.slice(9), status: 'REVOKED', revoked_at: new Date('2026-07-01T19:00:00Z'), aggregate_version: 2 },
    ]);
    expect(await awardsOfLearner(database, one.learnerRef)).toHaveLength(2);
    expect(await awardsOfLearner(database, one.learnerRef, [other.awardId])).toMatchObject([{ award: other.awardId, awardedOn: '2026-06-15', isKnown: false }]);
    expect(await awardsOfLearner(database, '5c1e7a90-3d4f-4b2a-8e61-7f0d9c8b7a65')).toEqual([]);
  });

  it('says nothing of the person, and arrives from the log', async () => {
    const held = anAwardSnapshot();
    await registry.parts('awards').unitOfWork.run(async (tx) => tx.append(AwardIssued, held, { version: 1 }));
    const { database } = registry.parts('pathways');
    await eventually(async () => expect(await awardsOfLearner(database, held.learnerRef)).toMatchObject([{ award: held.awardId }]));
    const columns = await database.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'pathways' and table_name = 'held_award' order by ordinal_position`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      'award_id',
      'learner_ref',
      'micro_credential_id',
      'awarded_on',
      'valid_from',
      'valid_until',
      'status',
      'revoked_at',
      'aggregate_version',
    ]);
  });
});
