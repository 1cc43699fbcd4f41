import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential } from '@mcr/contracts';
import { eventually } from '@mcr/testing';
import type { SentRecord } from '../arrival.ts';
import { Intake, type Taken } from '../intake.ts';
import { startAwards, type AwardsRegistry, type Institution } from '../../testing/awards-registry.ts';
import { revoked, submitted } from '../../testing/records.ts';

let first: AwardsRegistry;
let second: AwardsRegistry;
let bcit: Institution;
let course: PublishedMicroCredential;

beforeAll(async () => {
  first = await startAwards({ revisionGapMs: 60_000 });
  second = await startAwards({ revisionGapMs: 60_000 }, { databaseUrl: first.running.settings.databaseUrl!, dataDir: first.dataDir });
  bcit = await first.anInstitution('BCIT');
  course = await first.aMicroCredentialOf(bcit);
});
afterAll(async () => {
  await second?.close();
  await first?.close();
});

/** An order that looks random and is the same in every run. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  const keyed = items.map((item) => ({ item, key: (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

const sendAll = (intake: Intake, records: readonly SentRecord[], size: number): Promise<Taken[]> =>
  Promise.all(Array.from({ length: Math.ceil(records.length / size) }, (_, index) => intake.take(records.slice(index * size, (index + 1) * size)))).then(
    (parts) => parts.flat(),
  );

describe('Two intakes on one database', () => {
  it('decide what both receive once, however it is interleaved', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => `S-${index}`);
    const submits = ids.map((sourceAwardId) =>
      submitted(bcit, {
        sourceAwardId,
        microCredentialCtid: course.ctid,
        learner: { identifiers: [{ type: 'EMAIL', value: `l${Number(sourceAwardId.slice(2)) % 20}@example.ca` }] },
      }),
    );
    const revokes = ids.slice(0, 75).map((sourceAwardId) => revoked(bcit, { sourceAwardId }));
    const changes = submits.slice(0, 30).map((record) => ({ ...record, data: { ...(record.data as object), method: 'PLAR' } }));
    const records = [...submits, ...revokes, ...changes];
    const answers = await Promise.all([
      sendAll(first.get<Intake>(Intake), shuffled(records, 1), 40),
      sendAll(second.get<Intake>(Intake), shuffled(records, 2), 7),
      sendAll(first.get<Intake>(Intake), shuffled(records, 3), 1),
    ]);
    expect(answers.flat()).toHaveLength(3 * records.length);
    await eventually(async () => expect(await first.sql(`select 1 from submission where state = 'PENDING'`)).toEqual([]));

    expect(await countsOf(first)).toEqual([
      { state: 'ACCEPTED', conflict: false, submissions: 225 },
      { state: 'REJECTED', conflict: true, submissions: 30 },
    ]);
    expect(await first.sql('select status, version, count(*)::int as awards from award group by 1, 2 order by 1')).toEqual([
      { status: 'ACTIVE', version: 1, awards: 75 },
      { status: 'REVOKED', version: 2, awards: 75 },
    ]);
    expect(await first.sql('select count(distinct learner_ref)::int as learners from award')).toEqual([{ learners: 20 }]);
    expect(await first.sql(`select count(*)::int as told, count(distinct key)::int as submissions from event_log where topic = 'mcr.submissions.v1'`)).toEqual([
      { told: 255, submissions: 255 },
    ]);
  });
});

/** Whichever content of an event came first is the submission; the other one is a conflict, once. */
const countsOf = ({ sql }: AwardsRegistry) =>
  sql('select state, conflict_of is not null as conflict, count(*)::int as submissions from submission group by 1, 2 order by 1, 2');
