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
import { goodEvent } from './sending.ts';

const INSTITUTION = 'FLDK';
const A_BATCH = 50;
const TAKEN_WITHIN_MS = 300_000;
const silence = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Found {
  readonly id: string;
  readonly state: string;
  readonly codes: readonly string[];
}

const SUBMISSIONS = `select event_id as id, state, array(select f ->> 'code' from json_array_elements(errors) f) as codes
  from awards.submission where institution_code = '${INSTITUTION}' and state <> 'PENDING'`;
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

  recordOf(index: number): OutgoingRecord {
    const plain = goodEvent(`flood-${index}`, this.issuer);
    const good = { ...plain, data: { ...plain.data, learner: this.learner } };
    if (index % 10 !== 0) {
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

/** What became otherwise than it had to, once everything has come in. */
async function faultsOf({ expected, listed }: Plan, client: Client): Promise<string[]> {
  const submissions = (): Promise<Found[]> => client.query<Found>(SUBMISSIONS).then(({ rows }) => rows);
  await soon(async () => {
    if ((await submissions()).length < expected.size) throw new Error('Not all records have come in.');
  }, TAKEN_WITHIN_MS).catch(() => undefined);
  const found = new Map((await submissions()).map((one) => [one.id, one]));
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

async function send(count: number, plan: Plan, registry: Registry): Promise<void> {
  const tokens = await tokensOf(registry, INSTITUTION);
  const sasl = { token: () => tokens.token() };
  const writer = new RecordWriter({ brokers: [registry.institutionsBroker!], clientId: 'flood', log: silence, sasl });
  for (let from = 0; from < count; from += A_BATCH) {
    const records = Array.from({ length: Math.min(A_BATCH, count - from) }, (_, index) => plan.recordOf(from + index));
    await soon(() => writer.write(inboundTopicOf(INSTITUTION), records), TAKEN_WITHIN_MS);
  }
  await writer.close();
}

/** A tenth of an institution's records on its topic malformed, in every way that is known there. */
export async function floodOnKafka(count: number): Promise<void> {
  const registry = await startDistributed();
  const client = new Client({ connectionString: registry.postgres.adminUrl });
  try {
    await client.connect();
    const issuer = await makeIssuer(registry, INSTITUTION);
    const { keys } = LearnerEncryptionKeys.parse(await (await fetch(`${registry.url}/awards/encryption-keys`)).json());
    const plan = new Plan(issuer, await encryptLearner({ identifiers: [{ type: 'STUDENT_NUMBER', value: 'A1' }] }, keys[0]!));
    await send(count, plan, registry);
    const faults = await faultsOf(plan, client);
    for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
    console.log(`flood: ${spoiltOnKafka.length} kinds of malformed records on Kafka`);
    console.log(`flood: ${count - plan.good} malformed among ${plan.good} good, ${faults.length} wrong`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await client.end();
    await registry.stop();
  }
}
