import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inboundTopicOf, kafkaRecord, outcomeTopicOf } from '@mcr/contracts';
import { publisherClientId } from '@mcr/identity';
import type { TokenSource } from '@mcr/identity';
import { KafkaTrouble, RecordWriter, extentOf } from '@mcr/messaging/kafka-records';
import type { KafkaConnection } from '@mcr/messaging/kafka-records';
import { StoreReader } from '../crash/check/stores.ts';
import { makeIssuer, tokensOf } from '../crash/load/province.ts';
import { startDistributed } from '../crash/machine/distributed.ts';
import type { Registry } from '../crash/machine/registry.ts';
import { soon } from '../harness/bench-province.ts';

const AT_ONCE = 6;
const silence = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Neighbour {
  readonly code: string;
  readonly tokens: TokenSource;
  readonly connection: KafkaConnection;
  readonly writer: RecordWriter;
}

/** What came of one try to be another institution; undefined when it was refused as it should be. */
type Way = (mine: Neighbour, theirs: Neighbour) => Promise<string | undefined>;

async function refusedBy(broker: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await broker();
    return 'it was allowed';
  } catch (error) {
    return error instanceof KafkaTrouble && error.kind === 'FORBIDDEN' ? undefined : String(error);
  }
}

const recordOf = (id: string, code: string, further: Readonly<Record<string, string>> = {}) => {
  const event = {
    specversion: '1.0',
    id,
    source: `urn:bc:mcr:inst:${code}`,
    type: 'ca.bc.mcr.award.revoke.v1',
    subject: id,
    datacontenttype: 'application/json',
    ...further,
    data: { sourceAwardId: id, revision: 2, reasonCode: 'ISSUED_IN_ERROR', institution: code },
  };
  return kafkaRecord(event as never, id);
};

const ways: Readonly<Record<string, Way>> = {
  'writes to their topic': (mine, theirs) =>
    refusedBy(() => mine.writer.write(inboundTopicOf(theirs.code), [recordOf(`${mine.code}-into-${theirs.code}`, theirs.code)])),
  'writes to their outcome topic': (mine, theirs) =>
    refusedBy(() => mine.writer.write(outcomeTopicOf(theirs.code), [recordOf(`${mine.code}-told-${theirs.code}`, theirs.code)])),
  'reads their outcomes': (mine, theirs) => refusedBy(() => extentOf(mine.connection, outcomeTopicOf(theirs.code))),
  'names them as source, as institution and in headers, on its own topic': async (mine, theirs) => {
    const forged = { institution: theirs.code, institutioncode: theirs.code, clientid: publisherClientId(theirs.code) };
    await mine.writer.write(inboundTopicOf(mine.code), [recordOf(`${mine.code}-as-${theirs.code}`, theirs.code, forged)]);
    return undefined;
  },
};

async function settle(registry: Registry, count: number): Promise<Neighbour[]> {
  const neighbours: Neighbour[] = [];
  for (let index = 0; index < count; index++) {
    const code = `NB${String.fromCharCode(65 + index)}`;
    await makeIssuer(registry, code);
    const tokens = await tokensOf(registry, code);
    const connection = { brokers: [registry.institutionsBroker!], clientId: `neighbour-${code}`, log: silence, sasl: { token: () => tokens.token() } };
    neighbours.push({ code, tokens, connection, writer: new RecordWriter(connection) });
  }
  // Their own topics are there, and theirs to use, before they try anybody else's.
  for (const { writer, code, connection } of neighbours) {
    await soon(() => writer.write(inboundTopicOf(code), [recordOf(`${code}-own`, code)]), 120_000);
    await soon(() => extentOf(connection, outcomeTopicOf(code)), 120_000);
  }
  return neighbours;
}

async function tryAll(neighbours: readonly Neighbour[], name: string, way: Way): Promise<string[]> {
  const pairs = neighbours.flatMap((mine) => neighbours.filter((theirs) => theirs !== mine).map((theirs) => [mine, theirs] as const));
  const wrong: string[] = [];
  const one = async (): Promise<void> => {
    for (let pair = pairs.shift(); pair; pair = pairs.shift()) {
      const [mine, theirs] = pair;
      const problem = await way(mine, theirs);
      if (problem !== undefined) wrong.push(`${mine.code} ${name} (${theirs.code}): ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return wrong;
}

/** What the registry made of it: nothing in another's name, and each try of one's own refused. */
async function faultsInStores(registry: Registry, neighbours: readonly Neighbour[]): Promise<string[]> {
  const reader = await StoreReader.open(registry.postgres.adminUrl);
  const expected = neighbours.length * (neighbours.length - 1);
  const tries = async () => (await reader.read()).submissions.filter(({ eventId }) => /-(as|into|told)-/.test(eventId));
  await soon(async () => {
    const found = (await tries()).filter(({ state }) => state !== 'PENDING').length;
    if (found < expected) throw new Error(`${found} of ${expected} tries have come in.`);
  }, 120_000).catch(() => undefined);
  const found = await tries();
  await reader.close();
  const foreign = found
    .filter(({ institution, eventId }) => !eventId.startsWith(`${institution}-`))
    .map(({ eventId }) => `${eventId} stands in another's name`);
  const accepted = found.filter(({ state }) => state !== 'REJECTED').map(({ eventId, state }) => `${eventId} is ${state}`);
  return [...foreign, ...accepted, ...(found.length === expected ? [] : [`${found.length} tries came in, not ${expected}`])];
}

async function notedBy(file: string, sign: RegExp): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => sign.test(line)).length;
}

/** Every institution tries to be every other in each way that Kafka offers. */
export async function neighbours(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...parameters], options: { institutions: { type: 'string', default: '20' } } });
  const count = Math.min(26, Math.max(2, Number(values.institutions)));
  const registry = await startDistributed();
  try {
    const all = await settle(registry, count);
    const wrong: string[] = [];
    for (const [name, way] of Object.entries(ways)) {
      const before = wrong.length;
      wrong.push(...(await tryAll(all, name, way)));
      console.log(`  ${name}: ${count * (count - 1)} tries, ${wrong.length - before} wrong`);
    }
    wrong.push(...(await faultsInStores(registry, all)));
    const pairs = count * (count - 1);
    const sources = await notedBy(join(registry.dataDir, 'awards.log'), /"audit":"SOURCE_NOT_YOURS"/);
    const denials = await notedBy(join(registry.dataDir, 'kafka', 'kafka.log'), /Denied operation/i);
    if (sources < pairs) wrong.push(`${sources} of ${pairs} foreign sources were noted`);
    if (denials < 3 * pairs) wrong.push(`${denials} of ${3 * pairs} refusals of the broker were noted`);
    for (const { writer } of all) await writer.close();
    for (const problem of wrong.slice(0, 20)) console.log(`  ${problem}`);
    console.log(`neighbours: ${count} × ${count} institutions, ${Object.keys(ways).length} ways on Kafka: ${wrong.length} wrong`);
    if (wrong.length > 0) process.exitCode = 1;
  } finally {
    await registry.stop();
  }
}
