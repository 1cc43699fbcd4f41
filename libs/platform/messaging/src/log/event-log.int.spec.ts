import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import { checkLog } from '../../testing/trial/checker.ts';
import { CounterAdvanced, CounterEchoed, CourseTitled, PersonNamed, trialTopics } from '../../testing/trial/contract.ts';
import { PreparedTrial } from '../../testing/trial/trial.ts';
import type { Trial } from '../../testing/trial/trial.ts';
import { MAX_EVENT_BYTES, UnitOfWork } from '../unit-of-work.ts';
import type { EventfulTransaction } from '../unit-of-work.ts';
import { EventLog } from './event-log.ts';

describe('the log of a service', () => {
  let prepared: PreparedTrial;
  let trial: Trial;
  let database: Database;
  let unitOfWork: UnitOfWork;
  let log: EventLog;
  const grown: string[][] = [];

  beforeAll(async () => {
    prepared = await PreparedTrial.open();
    trial = await prepared.copy();
    database = await openDatabase({ service: 'trial', schema: 'trial', url: trial.urls.trial, poolSize: 1 });
    unitOfWork = new UnitOfWork(database, { onAppended: (topics) => grown.push([...topics]) });
    log = new EventLog(database, trialTopics);
  });

  afterAll(async () => {
    await database?.close();
    await trial?.close();
    await prepared?.close();
  });

  const advance = (tx: EventfulTransaction, counter: string, number: number, partition?: number): void =>
    tx.append(CounterAdvanced, { counter, number, behaviour: 'notes' }, { version: number, ...(partition === undefined ? {} : { partition }) });
  const asOwner = (sql: string): Promise<unknown> => trial.rows(`set role mcr_trial_owner; ${sql}; reset role`).finally(() => trial.rows('reset role'));
  const lengthOfLog = async (): Promise<number> => (await trial.log()).length;

  it('numbers and chains the events of one transaction, partition by partition, in the order in which they happened', async () => {
    await unitOfWork.run(async (tx) => {
      tx.append(PersonNamed, { person: 'ada', name: 'Ada' }, { version: 1 });
      advance(tx, 'lamp', 1, 3);
      advance(tx, 'door', 1, 1);
      tx.append(PersonNamed, { person: 'ada', name: 'Ada L.' }, { version: 2 });
      advance(tx, 'lamp', 2, 3);
    });
    const written = await trial.log();
    expect(written.map(({ topic, partition, pos, key, version }) => `${topic} ${partition}@${pos} ${key} ${version}`)).toEqual([
      'mcr.trial.counters.v1 1@1 door 1',
      'mcr.trial.counters.v1 3@1 lamp 1',
      'mcr.trial.counters.v1 3@2 lamp 2',
      'mcr.trial.people.v1 0@1 ada 1',
      'mcr.trial.people.v1 0@2 ada 2',
    ]);
    expect(checkLog(written)).toEqual([]);
    expect(grown).toEqual([['mcr.trial.counters.v1', 'mcr.trial.people.v1']]);
  });

  it('keeps each event byte for byte, whatever letters it holds', async () => {
    const name = 'Zoë 🙂 \u202Eevil " \\ \u0000 \uD800 \r\n';
    await unitOfWork.run(async (tx) => tx.append(PersonNamed, { person: 'zoe', name }, { version: 1 }));
    const [entry] = (await log.readAfter([{ topic: PersonNamed.topic.name, partition: 0, pos: 0 }], 100)).filter(({ key }) => key === 'zoe');
    expect(JSON.parse(entry!.event)).toMatchObject({
      specversion: '1.0',
      source: 'urn:bc:mcr:svc:trial',
      partitionkey: 'zoe',
      aggregateversion: 1,
      data: { name },
    });
    expect(checkLog(await trial.log())).toEqual([]);
  });

  it('leaves no gap and no trace of a transaction that is rolled back', async () => {
    const before = await log.heads();
    await expect(
      unitOfWork.run(async (tx) => {
        advance(tx, 'tap', 1, 3);
        await tx.query(`insert into counter values ('tap', 1)`);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await log.heads()).toEqual(before);
    expect(await trial.rows(`select from trial.counter where key = 'tap'`)).toEqual([]);
    await unitOfWork.run(async (tx) => advance(tx, 'tap', 1, 3));
    expect(checkLog(await trial.log())).toEqual([]);
  });

  it('refuses a fork: a second event of a key with the same version', async () => {
    const before = await lengthOfLog();
    await unitOfWork.run(async (tx) => advance(tx, 'gate', 1));
    await expect(unitOfWork.run(async (tx) => advance(tx, 'gate', 1))).rejects.toMatchObject({ code: '23505', constraint: 'event_log_key_version' });
    expect(await lengthOfLog()).toBe(before + 1);
  });

  it('refuses a call that says other than it brings', async () => {
    const call = 'select append_events($1, $2, $3, $4, $5, $6, $7)';
    const one = [[PersonNamed.topic.name], [0], ['0194a000-0000-7000-8000-000000000000'], ['ada'], [9], [PersonNamed.type]];
    await expect(database.query(call, [...one, '{}\n{}'])).rejects.toMatchObject({ code: '22023', message: '1 events on 2 lines' });
  });

  it('takes events of no aggregate, which have no version, as often as they come', async () => {
    const before = await lengthOfLog();
    await unitOfWork.run(async (tx) => {
      for (let time = 0; time < 2; time++) tx.append(CourseTitled, { course: 'law', title: 'Law' });
    });
    expect(await lengthOfLog()).toBe(before + 2);
  });

  it('refuses what another service owns and partitions that a topic does not have', async () => {
    await expect(unitOfWork.run(async (tx) => tx.append(CounterEchoed, { counter: 'lamp', number: 1 }))).rejects.toMatchObject({ code: '22023' });
    await expect(unitOfWork.run(async (tx) => advance(tx, 'lamp', 9, 4))).rejects.toMatchObject({ code: '22023' });
  });

  it('refuses an event that is too large for any carrier, and takes one that just fits', async () => {
    const titled = (letters: number) => unitOfWork.run(async (tx) => tx.append(CourseTitled, { course: 'big', title: 'é'.repeat(letters) }));
    await expect(titled(MAX_EVENT_BYTES / 2)).rejects.toThrow(`at most ${MAX_EVENT_BYTES} fit`);
    await titled(MAX_EVENT_BYTES / 2 - 300);
  });

  it.each(['update event_log set event = event', 'delete from event_log', 'truncate event_log'])(
    'is append-only: %s is refused, also to the owner',
    async (sql) => {
      await expect(database.query(sql)).rejects.toMatchObject({ code: '42501' });
      await expect(asOwner(`set search_path = trial; ${sql}`)).rejects.toMatchObject({ code: '42501', message: 'the event log is append-only' });
    },
  );

  it.each([
    `insert into event_log values ('mcr.trial.people.v1', 0, 99, gen_random_uuid(), 'k', 1, 't', '{}', now(), '')`,
    'update log_head set pos = pos + 1',
    'delete from log_head',
    `insert into log_head (topic, partition) values ('mcr.trial.people.v1', 7)`,
    'update log_identity set log_id = gen_random_uuid()',
    'truncate log_identity',
  ])('leaves the running service no way around the append function: %s', async (sql) => {
    await expect(database.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('tells its heads, what follows a position, and when a topic last grew', async () => {
    const heads = (await log.heads()).filter(({ topic }) => topic === CounterAdvanced.topic.name);
    expect(heads.map(({ partition }) => partition).sort()).toEqual([0, 1, 2, 3]);
    const found = await log.readAfter(
      [
        { topic: CounterAdvanced.topic.name, partition: 3, pos: 1 },
        { topic: CounterAdvanced.topic.name, partition: 1, pos: 0 },
      ],
      1,
    );
    expect(found.map(({ partition, pos, key }) => `${partition}@${pos} ${key}`)).toEqual(['1@1 door', '3@2 lamp']);
    expect(await log.lastAppendedAt(CounterAdvanced.topic.name)).toBeInstanceOf(Date);
    expect(await log.lastAppendedAt('mcr.trial.enrolments.v1')).toBeUndefined();
  });

  it('wakes nobody when nothing was appended', async () => {
    grown.length = 0;
    await unitOfWork.run(async (tx) => void (await tx.query('select 1')));
    expect(grown).toEqual([]);
  });
});
