import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PublishedMicroCredential } from '@mcr/contracts';
import { eventually } from '@mcr/testing';
import { Intake } from '../../intake/intake.ts';
import { StatusLists } from '../status/status-lists.ts';
import { type AwardsRegistry, type Institution, startAwards } from '../../testing/awards-registry.ts';
import { SetClock } from '../../testing/learners.ts';
import { submitted } from '../../testing/records.ts';

const NOW = Date.now() + 3_600_000;
/** The clocks of two machines differ. */
const [clock, clockBehind] = [new SetClock(new Date(NOW)), new SetClock(new Date(NOW - 1_000))];
let first: AwardsRegistry;
let second: AwardsRegistry;
let bcit: Institution;
let course: PublishedMicroCredential;

beforeAll(async () => {
  first = await startAwards({}, { clock });
  second = await startAwards({}, { clock: clockBehind, databaseUrl: first.running.settings.databaseUrl!, dataDir: first.dataDir });
  bcit = await first.anInstitution('BCIT');
  course = await first.aMicroCredentialOf(bcit);
  await first.aKeyFor(bcit);
});
beforeEach(() => {
  for (const each of [clock, clockBehind]) each.time = new Date(each.time.getTime() + 60_000);
});
afterAll(async () => {
  await second?.close();
  await first?.close();
});

interface Place {
  readonly awardId: string;
  readonly list: string;
  readonly index: number;
}

async function aPlace(): Promise<Place> {
  const sourceAwardId = randomUUID();
  await first.get<Intake>(Intake).take([submitted(bcit, { sourceAwardId, microCredentialCtid: course.ctid })]);
  return eventually(async () => {
    const [place] = await first.sql<Place>(
      `select award_id as "awardId", status_list_id as list, status_list_index as index from credential join source_award using (award_id)
       where source_award_id = $1`,
      [sourceAwardId],
    );
    if (!place) throw new Error('There is no credential yet.');
    return place;
  });
}
/** Without an event: nobody publishes the list but who is told to here. */
const become = (status: 'REVOKED' | 'ACTIVE', { awardId }: Place) =>
  first.sql(
    `update award set status = $2::text, revoked_at = case when $2::text = 'REVOKED' then now() end, reason_code = case when $2::text = 'REVOKED' then 'ERROR' end
     where award_id = $1`,
    [awardId, status],
  );
const publish = (registry: AwardsRegistry, { list }: Place) => registry.get<StatusLists>(StatusLists).publish(list, 'revocation');

function bitIn(document: string, index: number): number {
  const { credentialSubject } = JSON.parse(document) as { credentialSubject: { encodedList: string } };
  const bits = gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'));
  return (bits[index >> 3]! >> (7 - (index & 7))) & 1;
}
async function bitOf({ list, index }: Place): Promise<number> {
  const [row] = await first.sql<{ document: string }>(`select document from published_status_list where list_id = $1 and purpose = 'revocation'`, [list]);
  return bitIn(row!.document, index);
}

describe('Two processes that publish one status list', () => {
  it('show the bits as they are, when the one that read them before a change ends after the one that read them then', async () => {
    const [earlier, place] = [await aPlace(), await aPlace()];
    await become('REVOKED', earlier);
    const signing = first.delayNextSignatures();
    const slow = publish(first, place);
    await signing.asked;
    await become('REVOKED', place);
    await publish(second, place);
    expect(await bitOf(place)).toBe(1);
    signing.goOn();
    expect(bitIn((await slow)!.document, place.index)).toBe(1);
    expect(await bitOf(place)).toBe(1);
  });

  it('show them also when a change is taken back meanwhile, so that for one of both nothing seems to have changed', async () => {
    const place = await aPlace();
    await publish(second, place);
    await become('REVOKED', place);
    const signing = first.delayNextSignatures();
    const slow = publish(first, place);
    await signing.asked;
    await become('ACTIVE', place);
    await publish(second, place);
    signing.goOn();
    await slow;
    expect(await bitOf(place)).toBe(0);
  });

  it('show them when the clock of the one that signs last is behind', async () => {
    const [before, place] = [await aPlace(), await aPlace()];
    await become('REVOKED', before);
    await publish(first, before);
    await become('REVOKED', place);
    await publish(second, place);
    expect(await bitOf(place)).toBe(1);
  });

  it('publish it once for each change, and count what they published', async () => {
    const place = await aPlace();
    await become('REVOKED', place);
    // The two have addresses of their own.
    const versions = () => first.sql<{ version: number }>('select version from event_log where key like $1 order by version', [`%/status/${place.list}`]);
    const before = await versions();
    const answers = await Promise.all([first, second, first, second].map((registry) => publish(registry, place)));
    expect(answers.map((answer) => bitIn(answer!.document, place.index))).toEqual([1, 1, 1, 1]);
    const after = await versions();
    expect(after).toHaveLength(before.length + 1);
    expect(after.map(({ version }) => version)).toEqual(after.map((_, at) => at + 1));
  });

  it('answer in the end although the bits change with each signature: the event of the last change brings it', async () => {
    const place = await aPlace();
    await publish(first, place);
    let [status, signed]: ['REVOKED' | 'ACTIVE', number] = ['REVOKED', 0];
    await become(status, place);
    let signing = first.delayNextSignatures();
    const answer = publish(first, place);
    const over = answer.then(() => true);
    while (!(await Promise.race([over, signing.asked.then(() => false)]))) {
      const next = first.delayNextSignatures();
      status = status === 'REVOKED' ? 'ACTIVE' : 'REVOKED';
      await become(status, place);
      signed += 1;
      signing.goOn();
      signing = next;
    }
    signing.goOn();
    expect(signed).toBe(10);
    expect(await answer).toBeDefined();
    await become('REVOKED', place);
    await publish(second, place);
    expect(await bitOf(place)).toBe(1);
  });
});
