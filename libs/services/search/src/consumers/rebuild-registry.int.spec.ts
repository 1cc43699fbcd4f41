import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwardIssued } from '@mcr/contracts';
import { newEventId } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { Operations, REGISTRY_READER } from '@mcr/runtime';
import { type TestRegistry, anAwardSnapshot, eventually, principals, startServices } from '@mcr/testing';
import { search } from '../search.service.ts';
import { type Logged, history } from '../testing/history.ts';
import { otherServices } from '../testing/other-services.ts';

const consumer = 'search.registry';
const reason = 'A row was altered by hand.';
const compared = ['institution', 'micro_credential', 'micro_credential_version', 'award', 'agreement', 'agreement_from', 'agreement_grant', 'pathway'];

interface Rebuilt {
  readonly state: string;
  readonly done: number;
  readonly generation?: number;
  readonly tables?: readonly {
    readonly table: string;
    readonly rows: number;
    readonly missing: number;
    readonly extra: number;
    readonly altered: number;
    readonly examples: readonly string[];
  }[];
}

let registry: TestRegistry;
const ask = (name: string, input: object, principal: Principal = principals.admin): Promise<unknown> =>
  registry.get(Operations).answer(`search.${name}`, input, principal);
const rowsOf = <Row>(sql: string): Promise<Row[]> => registry.database('search').query<Row>(sql);
const log = ({ service, definition, data, version }: Logged) =>
  registry.parts(service).unitOfWork.run(async (tx) => tx.append(definition, data as never, { version }));

/** Every row of the read model, and where it is kept. */
const everyRow = async (): Promise<unknown[]> => Promise.all(compared.map((table) => rowsOf(`select to_jsonb(t) as row from registry.${table} t order by 1`)));

async function untilDone(purpose: 'swap' | 'compare'): Promise<Rebuilt> {
  for (;;) {
    const rebuilt = (await ask('rebuild', { consumer, reason, purpose })) as Rebuilt;
    if (rebuilt.state !== 'BUILDING') return rebuilt;
  }
}
const wrong = ({ tables }: Rebuilt) => tables!.filter(({ missing, extra, altered }) => missing + extra + altered > 0);

beforeAll(async () => {
  registry = await startServices([...otherServices, search]);
  for (const event of history) await log(event);
  const awards = Array.from({ length: 300 }, (_, index) => anAwardSnapshot({ sourceAwardId: `M-${index}` }));
  await registry.parts('awards').unitOfWork.run(async (tx) => awards.forEach((award) => tx.append(AwardIssued, award, { version: 1 })));
  await eventually(async () => expect(await rowsOf('select from registry.award')).toHaveLength(302), { timeoutMs: 30_000 });
}, 120_000);
afterAll(() => registry.close());

describe('The shared registry, built anew from the logs', () => {
  it('has the same rows, table by table', async () => {
    const rebuilt = await untilDone('compare');
    expect(rebuilt).toMatchObject({ state: 'COMPARED', done: history.length + 300 });
    expect(rebuilt.tables!.map(({ table }) => table)).toEqual(compared);
    expect(rebuilt.tables!.find(({ table }) => table === 'award')).toMatchObject({ rows: 302 });
    expect(wrong(rebuilt)).toEqual([]);
    expect(await rowsOf(`select tablename from pg_tables where schemaname = 'search_standby' and tablename <> 'migration'`)).toEqual([]);
  });

  it('shows every row that was deleted, added or altered in the live one, and takes its place with all of them right', async () => {
    const before = await everyRow();
    const ids = (await rowsOf<{ id: string }>('select id from registry.award order by id limit 30')).map(({ id }) => id);
    await registry.database('search').query('delete from registry.award where id = any ($1)', [ids.slice(0, 10)]);
    await registry.database('search').query(`update registry.award set status = 'REVOKED' where id = any ($1)`, [ids.slice(10, 20)]);
    await registry
      .database('search')
      .query(
        `insert into registry.award select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()))).* from registry.award a where id = any ($1)`,
        [ids.slice(20)],
      );
    const [award, ...others] = wrong(await untilDone('compare'));
    expect([award, others]).toMatchObject([{ table: 'award', missing: 10, altered: 10, extra: 10 }, []]);
    expect(award!.examples).toEqual(expect.arrayContaining(ids.slice(0, 5)));

    expect(await untilDone('swap')).toMatchObject({ state: 'SWAPPED', generation: 2 });
    expect(await everyRow()).toEqual(before);
  });

  it('is read and written as before: same rights, same indexes under the same names, and the consumer goes on', async () => {
    const shape = `select indexname, replace(indexdef, 'search_standby', 'registry') as def from pg_indexes where schemaname = 'registry' order by 1`;
    const rights = `select c.relname as "table", a.grantee::regrole::text as grantee, a.privilege_type as may from pg_class c, aclexplode(c.relacl) a
      where c.relnamespace = 'registry'::regnamespace and c.relkind = 'r' order by 1, 2, 3`;
    const before = [await rowsOf(shape), await rowsOf(rights)];
    expect(before[1]).toContainEqual({ table: 'award', grantee: REGISTRY_READER, may: 'SELECT' });
    expect(await untilDone('swap')).toMatchObject({ state: 'SWAPPED', generation: 3 });
    expect([await rowsOf(shape), await rowsOf(rights)]).toEqual(before);

    const late = anAwardSnapshot({ sourceAwardId: 'after-the-swap' });
    await registry.parts('awards').unitOfWork.run(async (tx) => tx.append(AwardIssued, late, { version: 1 }));
    await eventually(async () => expect(await rowsOf(`select from registry.award where source_award_id = 'after-the-swap'`)).toHaveLength(1));
    expect(await rowsOf(`select from checkpoint where consumer like '%@%'`)).toEqual([]);
  });

  it('is never seen half built by who reads while events keep coming', async () => {
    let reading = true;
    const counts: number[] = [];
    const readers = (async () => {
      while (reading) counts.push((await rowsOf<{ count: number }>('select count(*)::int as count from registry.award'))[0]!.count);
    })();
    const writing = (async () => {
      for (let index = 0; index < 60; index++) {
        const award = anAwardSnapshot({ sourceAwardId: `W-${index}` });
        await registry.parts('awards').unitOfWork.run(async (tx) => tx.append(AwardIssued, award, { version: 1 }));
      }
    })();
    expect(await untilDone('swap')).toMatchObject({ state: 'SWAPPED' });
    await writing;
    await eventually(async () => expect(await rowsOf(`select from registry.award where source_award_id like 'W-%'`)).toHaveLength(60));
    reading = false;
    await readers;
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(wrong(await untilDone('compare'))).toEqual([]);
  });

  it('does not take the place of the live one while an event fails that it has processed, and can be abandoned', async () => {
    const bad = { ...anAwardSnapshot({ sourceAwardId: 'bad' }), awardId: 'no id' };
    const envelope = { id: newEventId(new Date()), type: AwardIssued.type, time: new Date().toISOString(), aggregateversion: 1, data: bad };
    await registry
      .database('awards')
      .query('select append_events($1, $2, $3, $4, $5, $6, $7)', [
        [AwardIssued.topic.name],
        [0],
        [envelope.id],
        ['bad'],
        [1],
        [AwardIssued.type],
        JSON.stringify(envelope),
      ]);
    await eventually(async () => expect(await rowsOf('select reason from dead_letter')).toEqual([{ reason: 'SCHEMA_INVALID' }]));
    expect(await untilDone('swap')).toMatchObject({ state: 'SWAPPED' });
    expect(await rowsOf('select consumer from dead_letter')).toEqual([{ consumer }]);

    // As if it had been processed once and the reaction broke since.
    const [letter] = await rowsOf<{ row: unknown }>('select to_jsonb(d) as row from dead_letter d');
    await rowsOf(`delete from dead_letter`);
    await expect(untilDone('swap')).rejects.toMatchObject({ code: 'ILLEGAL_STATE', message: expect.stringContaining('SCHEMA_INVALID') });
    expect(await ask('rebuild', { consumer, reason, purpose: 'abandon' })).toEqual({ state: 'ABANDONED' });
    await expect(ask('rebuild', { consumer, reason, purpose: 'abandon' })).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    expect(await rowsOf(`select from dead_letter`)).toEqual([]);
    await registry.database('search').query('insert into dead_letter select * from jsonb_populate_record(null::dead_letter, $1)', [letter!.row]);
  });

  it('passes over what two people have discarded', async () => {
    const [{ id }] = (await rowsOf<{ id: string }>('select id from dead_letter')) as [{ id: string }];
    await ask('discard', { id, reason });
    await ask('confirmDiscard', { id, reason }, principals.registrar);
    expect(await untilDone('swap')).toMatchObject({ state: 'SWAPPED' });
    expect(wrong(await untilDone('compare'))).toEqual([]);
    expect(await rowsOf('select from dead_letter')).toEqual([]);
  });

  it('is recorded, each time', async () => {
    const { actions } = (await ask('actions', { limit: 100 })) as { actions: { action: string; who: string; reason: string }[] };
    expect(new Set(actions.map(({ who }) => who))).toEqual(new Set([principals.admin.subject, principals.registrar.subject]));
    expect(actions.filter(({ action }) => action === 'REBUILD_SWAPPED')).toHaveLength(5);
    expect(actions).toContainEqual(expect.objectContaining({ action: 'REBUILD_ABANDONED', reason, who: principals.admin.subject }));
  });
});
