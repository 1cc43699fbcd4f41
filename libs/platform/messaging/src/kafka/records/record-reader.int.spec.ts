import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, kafkaUnavailable, testKafka, type TestKafka } from '@mcr/testing';
import { BrokerAccess } from '../access.ts';
import type { KafkaConnection } from '../client.ts';
import type { ReceivedRecord } from './received-record.ts';
import { RecordReader, type RecordReaderOptions } from './record-reader.ts';
import { RecordWriter } from './record-writer.ts';

const missing = kafkaUnavailable();
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let kafka: TestKafka;
let connection: KafkaConnection;
let access: BrokerAccess;
let writer: RecordWriter;
const closing: { close(): Promise<void> }[] = [];

const describeOnKafka = missing ? describe.skip : describe;

describeOnKafka(`records of others${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    kafka = await testKafka();
    connection = { brokers: [kafka.brokers], clientId: 'records-spec', log: quiet };
    access = new BrokerAccess(connection);
    writer = new RecordWriter(connection);
  });
  afterEach(async () => {
    for (const one of closing.splice(0)) await one.close();
  });
  afterAll(async () => {
    await writer?.close();
    await access?.close();
    await kafka?.release();
  });

  const nameOf = () => `spec.records.${randomUUID()}`;
  const create = (...names: string[]) =>
    access.createMissing(names.map((name) => ({ name, partitions: 1, retentionMs: 3_600_000, maxMessageBytes: 2 * 1024 * 1024 })));
  const write = (topic: string, ...values: string[]) =>
    writer.write(
      topic,
      values.map((value) => ({ key: 'k', value })),
    );
  const textOf = ({ topic, value }: ReceivedRecord): string => `${topic} ${value?.toString() ?? 'null'}`;

  function read(topics: readonly string[], options: Partial<RecordReaderOptions> = {}) {
    const seen: string[] = [];
    const handle = (records: readonly ReceivedRecord[]) => Promise.resolve(void seen.push(...records.map(textOf)));
    const reader = new RecordReader({ connection, groupId: nameOf(), topics: () => Promise.resolve(topics), handle, lookEveryMs: 50, ...options });
    reader.start();
    closing.push(reader);
    return { reader, seen };
  }

  it('come in the order of their topic, and again only from behind the last that was handled', async () => {
    const [topic, groupId] = [nameOf(), nameOf()];
    await create(topic);
    await write(topic, '1', '2', '3');
    const first = read([topic], { groupId });
    await eventually(() => expect(first.seen).toEqual([`${topic} 1`, `${topic} 2`, `${topic} 3`]));
    await first.reader.close();
    await write(topic, '4');
    const second = read([topic], { groupId });
    await eventually(() => expect(second.seen).toEqual([`${topic} 4`]));
  });

  it('come again until they are handled, and hold up their own topic only', async () => {
    const [troubled, other] = [nameOf(), nameOf()];
    await create(troubled, other);
    const tries: string[][] = [];
    let isOver = false;
    const seen: string[] = [];
    read([troubled, other], {
      handle: async (records) => {
        if (records[0]!.topic === troubled) {
          tries.push(records.map(textOf));
          if (!isOver) throw new Error('The database is away.');
        }
        seen.push(...records.map(textOf));
      },
    });
    await write(troubled, '1', '2');
    await eventually(() => expect(tries.length).toBeGreaterThan(2));
    await write(other, 'a');
    await eventually(() => expect(seen).toEqual([`${other} a`]));
    isOver = true;
    await eventually(() => expect(seen).toEqual([`${other} a`, `${troubled} 1`, `${troubled} 2`]));
  });

  it('are read from topics that come later, beside those that are there', async () => {
    const [early, late] = [nameOf(), nameOf()];
    await create(early);
    const { seen } = read([early, late]);
    await write(early, '1');
    await eventually(() => expect(seen).toEqual([`${early} 1`]));
    await create(late);
    await write(late, 'a');
    await eventually(() => expect(seen).toEqual([`${early} 1`, `${late} a`]));
    await write(early, '2');
    await eventually(() => expect(seen).toEqual([`${early} 1`, `${late} a`, `${early} 2`]));
  });

  it('keep what their sender wrote: no value at all, and a header twice', async () => {
    const topic = nameOf();
    await create(topic);
    const records: ReceivedRecord[] = [];
    read([topic], { handle: (batch) => Promise.resolve(void records.push(...batch)) });
    await writer.write(topic, [{ key: 'gone', value: null, headers: { 'content-type': 'none', ce_id: 'é' } }]);
    await eventually(() => expect(records).toHaveLength(1));
    expect(records[0]).toMatchObject({ topic, partition: 0, offset: '0', value: null });
    expect(records[0]!.key?.toString()).toBe('gone');
    expect(records[0]!.headers['ce_id']!.map(String)).toEqual(['é']);
  });

  it('cannot be written to a topic that does not exist, and none comes into being', async () => {
    const topic = nameOf();
    await expect(write(topic, '1')).rejects.toMatchObject({ name: 'KafkaTrouble', kind: 'NO_TOPIC', status: 503 });
    await create(topic);
    await write(topic, '1');
    await expect(writer.write(topic, [{ key: 'k', value: Buffer.alloc(3 * 1024 * 1024) }])).rejects.toMatchObject({ kind: 'TOO_LARGE', status: 413 });
  });

  it('cannot be written to a broker that is not there', async () => {
    const nobody = new RecordWriter({ ...connection, brokers: ['127.0.0.1:9'] });
    closing.push(nobody);
    await expect(nobody.write('any', [{ key: 'k', value: 'v' }])).rejects.toMatchObject({ kind: 'UNREACHABLE', status: 503 });
  });
});
