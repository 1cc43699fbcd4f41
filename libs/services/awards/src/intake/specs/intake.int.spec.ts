import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential } from '@mcr/contracts';
import { Intake } from '../intake.ts';
import { startAwards, type AwardsRegistry, type Institution } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

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
type Sent = ReturnType<typeof submit>;
const stateOf = async (record: Sent) => (await intake.take([record]))[0]!.state;
const codesOf = async (record: Sent) => {
  const [{ submissionId } = { submissionId: '' }] = await intake.take([record]);
  const [row] = await registry.sql<{ errors: { code: string; pointer: string }[] | null }>('select errors from submission where submission_id = $1', [
    submissionId,
  ]);
  return (row!.errors ?? []).map(({ code, pointer }) => `${code} ${pointer}`);
};
const awardsOf = (sourceAwardId: string) =>
  registry.sql('select a.* from award a join source_award s using (award_id) where s.source_award_id = $1', [sourceAwardId]);
const decisionsOf = (submissionId: string) => registry.sql(`select version from event_log where topic = 'mcr.submissions.v1' and key = $1`, [submissionId]);

describe('A record', () => {
  it('is accepted, and its award and both events are kept together', async () => {
    const record = submit({ sourceAwardId: 'first' });
    expect(await intake.take([record])).toEqual([{ eventId: record.eventId, submissionId: expect.any(String), state: 'ACCEPTED' }]);
    const [award] = await awardsOf('first');
    expect(award).toMatchObject({ status: 'ACTIVE', version: 1, revision: 1, institution_ctid: bcit.ctid, micro_credential_version: 1 });
    const events = await registry.sql<{ type: string; version: number; event: string }>('select type, version, event from event_log order by type');
    expect(events.map(({ type, version }) => [type, version])).toEqual([
      ['ca.bc.mcr.award.issued.v1', 1],
      ['ca.bc.mcr.submission.decided.v1', 1],
    ]);
    expect(JSON.parse(events[0]!.event)).toMatchObject({ data: { sourceAwardId: 'first', learnerRef: award!['learner_ref'], status: 'ACTIVE' } });
  });

  it('revokes with the next revision', async () => {
    const sourceAwardId = randomUUID();
    expect(await stateOf(submit({ sourceAwardId }))).toBe('ACCEPTED');
    expect(await stateOf(revoked(bcit, { sourceAwardId }))).toBe('ACCEPTED');
    const [award] = await awardsOf(sourceAwardId);
    expect(award).toMatchObject({ status: 'REVOKED', version: 2, revision: 2, reason_code: 'ISSUED_IN_ERROR' });
    const versions = await registry.sql(`select version, type from event_log where key = $1 order by pos`, [`urn:uuid:${award!['award_id'] as string}`]);
    expect(versions).toEqual([
      { version: 1, type: 'ca.bc.mcr.award.issued.v1' },
      { version: 2, type: 'ca.bc.mcr.award.revoked.v1' },
    ]);
  });

  it('has its events in the partition of its sourceAwardId', async () => {
    const sourceAwardId = randomUUID();
    await intake.take([submit({ sourceAwardId }), revoked(bcit, { sourceAwardId })]);
    const partitions = await registry.sql<{ partition: number }>(
      `select distinct e.partition from event_log e where e.event::json -> 'data' ->> 'sourceAwardId' = $1`,
      [sourceAwardId],
    );
    expect(partitions).toHaveLength(1);
    expect(await awardsOf(sourceAwardId)).toMatchObject([{ partition: partitions[0]!.partition, status: 'REVOKED', version: 2 }]);
  });

  it.each<[string, () => Sent, string[]]>([
    ['of somebody else’s micro-credential', () => submit({ microCredentialCtid: foreign.ctid }), ['NOT_AUTHORIZED_FOR_MC /microCredentialCtid']],
    ['that revokes what was never submitted', () => revoked(bcit, { sourceAwardId: randomUUID(), revision: 1 }), ['AWARD_NOT_FOUND /sourceAwardId']],
    [
      'with wrong types and an unknown property',
      () => ({ ...submit(), data: { ...(submit().data as object), revision: 'one', grade: 4 } }),
      ['WRONG_TYPE /revision', 'UNKNOWN_PROPERTY /grade'],
    ],
    ['of an unknown type', () => ({ ...submit(), type: 'ca.bc.mcr.award.applaud.v1' }), ['UNSUPPORTED_TYPE ']],
    ['with NUL in the name of a property', () => ({ ...submit(), data: { ...(submit().data as object), 'a\u0000b': 1 } }), ['UNKNOWN_PROPERTY /a\uFFFDb']],
    [
      'with half of a surrogate pair',
      () => submit({ learner: { identifiers: [{ type: 'EMAIL', value: 'x\ud800' }] } }),
      ['INVALID_VALUE /learner/identifiers/0/value'],
    ],
    ['that is no object', () => ({ ...submit(), data: null }), ['WRONG_TYPE ']],
  ])('%s is refused with every fault, and has one decision', async (_, record, codes) => {
    const sent = record();
    expect(await codesOf(sent)).toEqual(codes);
    const [answer] = await intake.take([sent]);
    expect(answer!.state).toBe('REJECTED');
    expect(await decisionsOf(answer!.submissionId)).toHaveLength(1);
  });

  it('of hostile but storable text is data like any other', async () => {
    const sourceAwardId = `'; drop table award; -- <script>alert(1)</script> \u202eשלום 🎓`;
    expect(await stateOf(submit({ sourceAwardId }))).toBe('ACCEPTED');
    expect(await awardsOf(sourceAwardId)).toHaveLength(1);
  });

  it('meets the decisions on its sourceAwardId', async () => {
    const sourceAwardId = randomUUID();
    await intake.take([submit({ sourceAwardId })]);
    expect(await codesOf(submit({ sourceAwardId, method: 'PLAR' }))).toEqual(['IDEMPOTENCY_CONFLICT /revision']);
    expect(await stateOf(revoked(bcit, { sourceAwardId }))).toBe('ACCEPTED');
    expect(await codesOf(submit({ sourceAwardId, method: 'PLAR' }))).toEqual(['STALE_REVISION /revision']);
    expect(await codesOf(revoked(bcit, { sourceAwardId, revision: 3 }))).toEqual(['TERMINAL_STATE /sourceAwardId']);
    expect(await stateOf(submit({ sourceAwardId }))).toBe('DUPLICATE');
  });
});

let foreign: PublishedMicroCredential;
beforeAll(async () => {
  foreign = await registry.aMicroCredentialOf(await registry.anInstitution('UBC'));
});

describe('A record that is sent again', () => {
  it('is answered with what became of it, and changes nothing', async () => {
    const record = submit();
    const [first] = await intake.take([record]);
    expect(await intake.take([record, record])).toEqual([first, first]);
    expect(await decisionsOf(first!.submissionId)).toHaveLength(1);
  });

  it('in another order of its members is the same record', async () => {
    const record = submit();
    const [first] = await intake.take([record]);
    const turned = Object.fromEntries(Object.entries(record.data as object).reverse());
    expect(await intake.take([{ ...record, data: turned }])).toEqual([first]);
  });

  it('changed, under the same event id, is refused and leaves the first as it was', async () => {
    const record = submit();
    const changed = { ...record, data: { ...(record.data as object), method: 'PLAR' } };
    const [first, second] = await intake.take([record, changed]);
    expect([first!.state, second!.state]).toEqual(['ACCEPTED', 'REJECTED']);
    expect(second!.submissionId).not.toBe(first!.submissionId);
    expect(await codesOf(changed)).toEqual(['IDEMPOTENCY_CONFLICT ']);
    expect(await intake.take([changed, record, changed])).toEqual([second, first, second]);
    expect(await decisionsOf(second!.submissionId)).toHaveLength(1);
  });

  it('fifty times at once has one submission and one award', async () => {
    const record = submit({ sourceAwardId: randomUUID() });
    const answers = await Promise.all(Array.from({ length: 50 }, () => intake.take([record])));
    expect(new Set(answers.map(([answer]) => JSON.stringify(answer))).size).toBe(1);
    expect(await awardsOf((record.data as { sourceAwardId: string }).sourceAwardId)).toHaveLength(1);
  });

  it('fifty times at once under fifty event ids has fifty outcomes and one award', async () => {
    const sourceAwardId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => intake.take([submit({ sourceAwardId })])));
    const states = answers.map(([answer]) => answer!.state);
    expect(states.filter((state) => state === 'ACCEPTED')).toHaveLength(1);
    expect(states.filter((state) => state === 'DUPLICATE')).toHaveLength(49);
  });
});

describe('The order within what is sent together', () => {
  it('does not matter for a revocation that comes before its submission', async () => {
    const pairs = Array.from({ length: 20 }, () => randomUUID());
    const records = [...pairs.map((sourceAwardId) => revoked(bcit, { sourceAwardId })), ...pairs.map((sourceAwardId) => submit({ sourceAwardId }))];
    const answers = await intake.take(records);
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['ACCEPTED']));
    expect(answers.map(({ eventId }) => eventId)).toEqual(records.map(({ eventId }) => eventId));
  });

  it('gives 1,000 records 1,000 outcomes', async () => {
    const records = Array.from({ length: 1000 }, (_, index) => (index % 10 === 9 ? submit({ hoursCompleted: 500 }) : submit()));
    const answers = await intake.take(records);
    expect(Map.groupBy(answers, ({ state }) => state).get('ACCEPTED')).toHaveLength(900);
    expect(Map.groupBy(answers, ({ state }) => state).get('REJECTED')).toHaveLength(100);
  });
});
