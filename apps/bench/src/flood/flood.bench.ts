import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { StoreReader } from '../crash/check/stores.ts';
import { startLocal } from '../crash/machine/registry.ts';
import type { Registry } from '../crash/machine/registry.ts';
import { printDelays } from './delays.ts';
import { spoiltRecords, spoiltRequests } from './malformed.ts';
import { floodOnKafka } from './on-kafka.ts';
import { Sending, Sent, institution } from './sending.ts';
import type { Institution } from './sending.ts';

const SENDERS = 4;
const REST_MS = 120_000;

interface Parts {
  readonly registry: Registry;
  readonly sending: Sending;
  readonly senders: readonly Institution[];
  readonly onlooker: Institution;
}

/** So many hundreds of records over all senders, while the onlooker sends its own. Returns the onlooker's delays. */
async function phase({ registry, sending, senders, onlooker }: Parts, run: string, hundreds: number, spoiling: boolean): Promise<number[]> {
  let going = true;
  const delays = sending.onlookerDelays(run, onlooker, registry.postgres.adminUrl, () => going);
  let next = 0;
  const sender = async (one: Institution): Promise<void> => {
    while (next < hundreds) await sending.hundred(next++, run, one, spoiling);
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, index) => sender(senders[index % senders.length]!)));
  going = false;
  return delays;
}

/** What became of every record that was taken, beside what had to become of it. */
async function faultsOf(sent: Sent, adminUrl: string): Promise<string[]> {
  const reader = await StoreReader.open(adminUrl);
  const behind = async (): Promise<boolean> => (await reader.progress()).some(({ reached, head }) => reached !== head) || (await reader.pending()) > 0;
  for (const until = Date.now() + REST_MS; (await behind()) && Date.now() < until;) await delay(200);
  const { submissions, shown, deadLetters } = await reader.read();
  await reader.close();
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const rejected = await client.query<{ id: string; codes: string[] }>(
    `select event_id as id, array(select f ->> 'code' from json_array_elements(errors) f) as codes from awards.submission where state = 'REJECTED'`,
  );
  await client.end();

  const codesOf = new Map(rejected.rows.map(({ id, codes }) => [id, codes]));
  const stateOf = new Map(submissions.map(({ eventId, state }) => [eventId, state]));
  const visible = new Set(shown.map(({ sourceAwardId }) => sourceAwardId));
  const faults = [...sent.wrong, ...deadLetters];
  for (const id of sent.good) if (stateOf.get(id) !== 'ACCEPTED' || !visible.has(id)) faults.push(`good ${id} is ${stateOf.get(id) ?? 'nowhere'}`);
  for (const [id, code] of sent.spoilt)
    if (!codesOf.get(id)?.includes(code)) faults.push(`${id} should be ${code} and is ${codesOf.get(id)?.join(', ') ?? 'not refused'}`);
  if (submissions.length !== sent.good.size + sent.spoilt.size) faults.push(`${submissions.length} submissions are there`);
  if (visible.size !== sent.good.size) faults.push(`${visible.size} awards are shown, ${sent.good.size} are good`);
  return faults;
}

/** A tenth of all records malformed in every way that is known, in the same batches as the good and beside them. */
export async function flood(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...parameters],
    options: { records: { type: 'string', default: '5000' }, carrier: { type: 'string', default: 'local' } },
  });
  if (values.carrier === 'kafka') return floodOnKafka(Number(values.records));
  const hundreds = Math.max(1, Math.round(Number(values.records) / 100));
  const registry = await startLocal();
  try {
    const sent = new Sent();
    const senders = [await institution(registry, 'FLDA'), await institution(registry, 'FLDB')];
    const parts: Parts = { registry, sending: new Sending(registry.url, sent), senders, onlooker: await institution(registry, 'FLDC') };
    await phase(parts, 'warm', Math.min(10, hundreds), false);
    const before = await phase(parts, 'calm', hundreds, false);
    const goodBefore = sent.good.size;
    const during = await phase(parts, 'flood', hundreds, true);
    const faults = await faultsOf(sent, registry.postgres.adminUrl);
    console.log(`flood: ${spoiltRequests.length + spoiltRecords.length} kinds of malformed records, a tenth of ${hundreds * 100}`);
    printDelays(before, during);
    for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
    const malformed = sent.refusedRequests + sent.spoilt.size;
    console.log(`flood: ${malformed} malformed among ${sent.good.size - goodBefore} good, ${faults.length} wrong`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await registry.stop();
  }
}
