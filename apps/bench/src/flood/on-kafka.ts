import { setTimeout as delay } from 'node:timers/promises';
import { LearnerEncryptionKeys, encryptLearner, inboundTopicOf, kafkaRecord } from '@mcr/contracts';
import { RecordWriter } from '@mcr/messaging/kafka-records';
import type { OutgoingRecord } from '@mcr/messaging/kafka-records';
import { Client } from 'pg';
import { makeIssuer, tokensOf } from '../crash/load/province.ts';
import type { Issuer } from '../crash/load/lives.ts';
import { startDistributed } from '../crash/machine/distributed.ts';
import type { Registry } from '../crash/machine/registry.ts';
import { soon } from '../harness/bench-province.ts';
import { spoiltOnKafka } from './malformed-on-kafka.ts';
import { printDelays } from './delays.ts';
import { Sending, Sent, goodEvent, institution } from './sending.ts';
import type { Institution } from './sending.ts';

const INSTITUTION = 'FLDK';
const A_BATCH = 50;
/** Slower than so much a record, and something stands still. */
const MS_A_RECORD = 20;
const REST_MS = 120_000;
const silence = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Found {
  readonly id: string;
  readonly state: string;
  readonly codes: readonly string[];
}

const SUBMISSIONS = `select event_id as id, state, array(select f ->> 'code' from json_array_elements(errors) f) as codes
  from awards.submission where institution_code = '${INSTITUTION}' and state <> 'PENDING'`;
const DECIDED = `select count(*)::int as decided from awards.submission where institution_code = '${INSTITUTION}' and state <> 'PENDING'`;
const LISTED = `select reason, count(*)::int as times from awards.inbound_dead_letter where institution_code = '${INSTITUTION}' group by 1`;

/** Every record of a run, and what must become of it. */
class Plan {
  /** The code of each that is refused, by event id; ACCEPTED for the good. */
  readonly expected = new Map<string, string>();
  /** How many must stand in the list of those that name nothing, by reason. */
  readonly listed = new Map<string, number>();

  constructor(
    private readonly issuer: Issuer,
    private readonly learner: string,
  ) {}

  recordOf(run: string, index: number, spoiling: boolean): OutgoingRecord {
    const plain = goodEvent(`${run}-${index}`, this.issuer);
    const good = { ...plain, data: { ...plain.data, learner: this.learner } };
    if (!spoiling || index % 10 !== 0) {
      this.expected.set(plain.id, 'ACCEPTED');
      return kafkaRecord(good as never, plain.id);
    }
    const { code, listed, record } = spoiltOnKafka[(index / 10) % spoiltOnKafka.length]!;
    if (listed) this.listed.set(code, (this.listed.get(code) ?? 0) + 1);
    else this.expected.set(plain.id, code);
    return record(good);
  }

  get good(): number {
    return [...this.expected.values()].filter((code) => code === 'ACCEPTED').length;
  }
}

/** Until every record that has an outcome has it, or nothing more can be hoped for. */
async function untilDecided({ expected }: Plan, client: Client): Promise<void> {
  for (const until = Date.now() + REST_MS + expected.size * MS_A_RECORD; Date.now() < until; await delay(500)) {
    const { rows } = await client.query<{ decided: number }>(DECIDED);
    if (rows[0]!.decided >= expected.size) return;
  }
}

/** What became otherwise than it had to. */
async function faultsOf({ expected, listed }: Plan, client: Client): Promise<string[]> {
  const { rows: submissions } = await client.query<Found>(SUBMISSIONS);
  const found = new Map(submissions.map((one) => [one.id, one]));
  const faults = [...expected].flatMap(([id, code]) => {
    const one = found.get(id);
    const right = code === 'ACCEPTED' ? one?.state === code : one?.state === 'REJECTED' && one.codes.includes(code);
    return right ? [] : [`${id} should be ${code} and is ${one ? `${one.state} ${one.codes.join(', ')}` : 'nowhere'}`];
  });
  const { rows } = await client.query<{ reason: string; times: number }>(LISTED);
  for (const [reason, times] of listed) {
    const there = rows.find((row) => row.reason === reason)?.times ?? 0;
    // What is written again because nobody answered is there again.
    if (there < times) faults.push(`${there} of ${times} records are listed as ${reason}`);
  }
  return faults;
}

interface Parts {
  readonly registry: Registry;
  readonly client: Client;
  readonly plan: Plan;
  readonly onlooker: Institution;
}

/** So many records on the topic, until each has its outcome, while an onlooker sends its own over HTTP. Returns the onlooker's delays. */
async function phase({ registry, client, plan, onlooker }: Parts, run: string, count: number, spoiling: boolean): Promise<number[]> {
  let going = true;
  const sending = new Sending(registry.url, new Sent());
  const delays = sending.onlookerDelays(run, onlooker, registry.postgres.adminUrl, () => going);
  const tokens = await tokensOf(registry, INSTITUTION);
  const sasl = { token: () => tokens.token() };
  const writer = new RecordWriter({ brokers: [registry.institutionsBroker!], clientId: 'flood', log: silence, sasl });
  for (let from = 0; from < count; from += A_BATCH) {
    const records = Array.from({ length: Math.min(A_BATCH, count - from) }, (_, index) => plan.recordOf(run, from + index, spoiling));
    await soon(() => writer.write(inboundTopicOf(INSTITUTION), records), REST_MS);
  }
  await writer.close();
  await untilDecided(plan, client);
  going = false;
  return delays;
}

/** A tenth of an institution's records on its topic malformed, in every way that is known there, after as many good ones alone. */
export async function floodOnKafka(count: number): Promise<void> {
  const registry = await startDistributed();
  const client = new Client({ connectionString: registry.postgres.adminUrl });
  try {
    await client.connect();
    const issuer = await makeIssuer(registry, INSTITUTION);
    const { keys } = LearnerEncryptionKeys.parse(await (await fetch(`${registry.url}/awards/encryption-keys`)).json());
    const plan = new Plan(issuer, await encryptLearner({ identifiers: [{ type: 'STUDENT_NUMBER', value: 'A1' }] }, keys[0]!));
    const parts = { registry, client, plan, onlooker: await institution(registry, 'FLDC') };
    await phase(parts, 'warm', Math.min(500, count), false);
    const before = await phase(parts, 'calm', count, false);
    const goodBefore = plan.good;
    const during = await phase(parts, 'flood', count, true);
    const faults = await faultsOf(plan, client);
    console.log(`flood: ${spoiltOnKafka.length} kinds of malformed records on Kafka`);
    printDelays(before, during);
    for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
    const good = plan.good - goodBefore;
    console.log(`flood: ${count - good} malformed among ${good} good, ${faults.length} wrong`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await client.end();
    await registry.stop();
  }
}
