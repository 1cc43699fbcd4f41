import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwardIssued } from '@mcr/contracts';
import { anonymous } from '@mcr/identity';
import type { Principal } from '@mcr/identity';
import { Operations } from '@mcr/runtime';
import { type TestRegistry, anAwardSnapshot, eventually, principals, startServices } from '@mcr/testing';
import { search } from '../search.service.ts';
import { type Logged, history } from '../testing/history.ts';
import { otherServices } from '../testing/other-services.ts';

const consumer = 'search.registry';
const reason = 'A row was altered by hand.';
let registry: TestRegistry;
const ask = (name: string, input: object, principal: Principal = principals.admin): Promise<unknown> =>
  registry.get(Operations).answer(`search.${name}`, input, principal);
const rowsOf = <Row>(sql: string): Promise<Row[]> => registry.database('search').query<Row>(sql);
const log = ({ service, definition, data, version }: Logged) =>
  registry.parts(service).unitOfWork.run(async (tx) => tx.append(definition, data as never, { version }));

beforeAll(async () => {
  registry = await startServices([...otherServices, search]);
  for (const event of history) await log(event);
  const awards = Array.from({ length: 30 }, (_, index) => anAwardSnapshot({ sourceAwardId: `M-${index}` }));
  await registry.parts('awards').unitOfWork.run(async (tx) => awards.forEach((award) => tx.append(AwardIssued, award, { version: 1 })));
  await eventually(async () => expect(await rowsOf('select from registry.award')).toHaveLength(32), { timeoutMs: 30_000 });
}, 120_000);
afterAll(() => registry.close());

describe('A replay', () => {
  const where = { consumer, topic: AwardIssued.topic.name, reason };
  const everyPart = async (filter: object): Promise<{ applied: number; changedRows: number }> => {
    const sum = { applied: 0, changedRows: 0 };
    for (let partition = 0; partition < AwardIssued.topic.partitions; partition++) {
      for (let after: number | undefined = 0; after !== undefined;) {
        const part = (await ask('replay', { ...where, partition, after, ...filter })) as { applied: number; changedRows: number; after?: number };
        sum.applied += part.applied;
        sum.changedRows += part.changedRows;
        after = part.after;
      }
    }
    return sum;
  };

  it('of what is right changes no row, by type, time or position', async () => {
    const type = AwardIssued.type;
    expect(await everyPart({ type, apply: true })).toMatchObject({ changedRows: 0 });
    expect(await everyPart({ since: '2020-01-01T00:00:00Z', until: '2020-02-01T00:00:00Z' })).toEqual({ applied: 0, changedRows: 0 });
    expect((await everyPart({ fromPos: 2, toPos: 3 })).applied).toBeLessThanOrEqual(2 * AwardIssued.topic.partitions);
  });

  it('says first what it would do and does nothing; then it mends a row that was lost', async () => {
    const [lost] = await rowsOf<{ id: string }>(`delete from registry.award where source_award_id = 'M-7' returning id`);
    const key = `urn:uuid:${lost!.id}`;
    const found = `select from registry.award where source_award_id = 'M-7'`;
    expect(await everyPart({ key })).toEqual({ applied: 1, changedRows: 1 });
    expect(await rowsOf(found)).toHaveLength(0);
    expect(await everyPart({ key, apply: true })).toEqual({ applied: 1, changedRows: 1 });
    expect(await rowsOf(found)).toHaveLength(1);
  });

  it('must say which events', async () => {
    await expect(ask('replay', { ...where, partition: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(ask('replay', { ...where, topic: 'mcr.unknown.v1', partition: 0, key: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('The reconciler', () => {
  const reconcile = async (partition: number): Promise<{ count: number; kinds: string[] }> => {
    let [count, position] = [0, {}];
    for (;;) {
      const part = (await ask('reconcile', { consumer, topic: AwardIssued.topic.name, partition, ...position })) as {
        window?: { count: number };
        findings: { kind: string }[];
        next?: object;
      };
      count += part.window?.count ?? 0;
      if (part.findings.length > 0 || !part.next) return { count, kinds: part.findings.map(({ kind }) => kind) };
      position = part.next;
    }
  };

  it('finds every event of the log done, and nothing wrong', async () => {
    const parts = await Promise.all(Array.from({ length: AwardIssued.topic.partitions }, (_, partition) => reconcile(partition)));
    expect(parts.flatMap(({ kinds }) => kinds)).toEqual([]);
    const [logged] = await registry
      .database('awards')
      .query<{ count: number }>(`select count(*)::int as count from event_log where topic = '${AwardIssued.topic.name}'`);
    expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(logged!.count);
  });

  it('finds a checkpoint that was moved, another log, and one that says more than the log holds', async () => {
    const [full] = await rowsOf<{ partition: number }>(`select partition from checkpoint where topic = '${AwardIssued.topic.name}' order by pos desc limit 1`);
    const partition = full!.partition;
    const place = `where consumer = '${consumer}' and topic = '${AwardIssued.topic.name}' and partition = ${partition}`;
    const [right] = await rowsOf<{ pos: string; log_id: string; hash: string }>(`select pos, log_id, encode(hash, 'hex') as hash from checkpoint ${place}`);
    const found = async (change: string): Promise<string[]> => {
      await rowsOf(`update checkpoint set ${change} ${place}`);
      const { kinds } = await reconcile(partition);
      await rowsOf(`update checkpoint set pos = ${right!.pos}, log_id = '${right!.log_id}', hash = decode('${right!.hash}', 'hex') ${place}`);
      return kinds;
    };
    expect(await found('pos = pos - 1')).toEqual(['HASH_DIFFERS']);
    expect(await found('pos = pos + 7')).toEqual(['AHEAD_OF_LOG']);
    expect(await found('log_id = gen_random_uuid()')).toEqual(['OTHER_LOG']);
    expect((await reconcile(partition)).kinds).toEqual([]);
  });
});

describe('Operators alone', () => {
  it.each(['deadLetters', 'redrive', 'discard', 'replay', 'rebuild', 'reconcile', 'lag', 'actions', 'consumers'])('may ask for search.%s', async (name) => {
    await expect(ask(name, {}, anonymous)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    for (const caller of [principals.analyst, principals.institution('BCIT'), principals.client('bcit-publisher'), principals.learner, principals.service])
      await expect(ask(name, {}, caller)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
