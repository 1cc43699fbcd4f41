import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { Client } from 'pg';
import { openDatabase } from '../database.ts';
import type { Database } from '../database.ts';
import { sqlState } from '../errors.ts';
import { roleUrl } from '../role-url.ts';
import { prepareDatabase } from './prepare-database.ts';
import type { SchemaPlan } from './schema-plan.ts';

const plan = (service: string, sql: string, more: Partial<SchemaPlan> = {}): SchemaPlan => ({
  schema: service,
  service,
  migrations: [{ owner: service, steps: [{ number: 1, name: 'tables', sql: () => sql }] }],
  ...more,
});

const plans: SchemaPlan[] = [
  plan('colours', 'create table colour (id bigint generated always as identity primary key, name text not null)'),
  plan('shapes', 'create table shape (name text primary key); create function area() returns int language sql as $$ select 1 $$'),
  plan('shapes', 'create table shown (name text primary key)', { schema: 'museum', readers: ['mcr_visitor'] }),
];

const INSUFFICIENT_PRIVILEGE = '42501';

describe('a prepared database', () => {
  let fresh: TestDatabase;
  const open: Database[] = [];
  const as = async (role: string, schema: string): Promise<Database> => {
    const database = await openDatabase({ service: role, schema, url: roleUrl(fresh.adminUrl, role, testPassword(role)), poolSize: 1 });
    open.push(database);
    return database;
  };
  const admin = async <Row>(sql: string): Promise<Row[]> => {
    const client = new Client({ connectionString: fresh.adminUrl });
    await client.connect();
    return client.query(sql).then(
      ({ rows }) => client.end().then(() => rows as Row[]),
      (error) => client.end().then(() => Promise.reject(error as Error)),
    );
  };
  const prepare = (some: readonly SchemaPlan[] = plans) => prepareDatabase({ adminUrl: fresh.adminUrl, plans: some, passwords: testPassword });
  const refusalOf = (sql: string, database: Database) =>
    database.query(sql).then(
      () => 'allowed',
      (error: unknown) => sqlState(error),
    );

  beforeAll(async () => {
    fresh = await freshDatabase();
    await prepare();
  });
  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    await fresh.drop();
  });

  it('lets a service write and read its own tables without naming the schema', async () => {
    const colours = await as('mcr_colours', 'colours');
    expect(await colours.query('insert into colour (name) values ($1) returning name', ['red'])).toEqual([{ name: 'red' }]);
    expect(await colours.query('select name from colours.colour')).toEqual([{ name: 'red' }]);
  });

  it('finds a service its tables also when nothing but the role says where', async () => {
    const client = new Client({ connectionString: roleUrl(fresh.adminUrl, 'mcr_shapes', testPassword('mcr_shapes')) });
    await client.connect();
    const { rows } = await client.query('show search_path');
    await client.end();
    expect(rows).toEqual([{ search_path: 'shapes, extensions' }]);
  });

  it('refuses a read across schemas', async () => {
    const colours = await as('mcr_colours', 'colours');
    expect(await refusalOf('select * from shapes.shape', colours)).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await refusalOf('select shapes.area()', colours)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each([
    'create table mine (id int)',
    'create table public.mine (id int)',
    'create temporary table mine (id int)',
    'create schema mine',
    'create role mine',
    'alter table colour add column x int',
    'drop table colour',
    'truncate colour',
    'create index on colour (name)',
    'set role mcr_colours_owner',
    'set role postgres',
    'delete from migration',
    `alter role mcr_colours set search_path = museum; alter role mcr_shapes password 'x'`,
  ])('refuses a running service: %s', async (sql) => {
    expect(await refusalOf(sql, await as('mcr_colours', 'colours'))).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('lets a reader read one schema and nothing else', async () => {
    const visitor = await as('mcr_visitor', 'museum');
    expect(await visitor.query('select * from museum.shown')).toEqual([]);
    await visitor.query('set default_transaction_read_only = off');
    expect(await refusalOf(`insert into museum.shown values ('x')`, visitor)).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await refusalOf('select * from shapes.shape', visitor)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('gives everyone the extensions', async () => {
    for (const database of [await as('mcr_colours', 'colours'), await as('mcr_visitor', 'museum')]) {
      expect(await database.query(`select unaccent('École') as plain, similarity('abc', 'abc') as same`)).toEqual([{ plain: 'Ecole', same: 1 }]);
    }
  });

  it('has no object that a running role owns, and no running role with a power', async () => {
    expect(
      await admin(`select relname from pg_class join pg_roles r on r.oid = relowner where rolname in ('mcr_colours', 'mcr_shapes', 'mcr_visitor')`),
    ).toEqual([]);
    expect(
      await admin(`select rolname from pg_roles where rolname like 'mcr\\_%' and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)`),
    ).toEqual([]);
    expect(await admin(`select rolname from pg_roles where rolname in ('mcr_colours_owner', 'mcr_shapes_owner') and rolcanlogin`)).toEqual([]);
  });

  it('shuts out roles of other databases', async () => {
    const other = await freshDatabase();
    try {
      const elsewhere = [plan('strangers', 'select 1')];
      await prepareDatabase({ adminUrl: other.adminUrl, plans: elsewhere, passwords: testPassword });
      await expect(as('mcr_strangers', 'strangers')).rejects.toThrow(/permission denied for database/);
    } finally {
      await other.drop();
    }
  });

  it('is the same when it is prepared again', async () => {
    const before = await admin('select * from colours.migration');
    await prepare();
    expect(await admin('select * from colours.migration')).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('takes a new step and a new reader later', async () => {
    const steps = [...plans[0]!.migrations[0]!.steps, { number: 2, name: 'shade', sql: () => 'alter table colour add column shade int' }];
    const later: SchemaPlan = { ...plans[0]!, migrations: [{ owner: 'colours', steps }], readers: ['mcr_visitor'] };
    await prepare([later]);
    const visitor = await as('mcr_visitor', 'museum');
    expect(await visitor.query('select shade from colours.colour')).toEqual([{ shade: null }]);
  });

  it('refuses a step that ran with another text, and changes nothing', async () => {
    const other = plan('shapes', 'create table circle ()');
    await expect(prepare([other])).rejects.toThrow(/shapes 0001 "tables" of schema shapes has run in this database with another text/);
    expect(await admin(`select to_regclass('shapes.circle') as found`)).toEqual([{ found: null }]);
  });

  it('keeps nothing of a step that fails, and says which it was', async () => {
    const broken = plan('broken', 'create table half (); select 1/0');
    await expect(prepare([broken])).rejects.toThrow(/Migration broken 1 "tables" of schema broken failed: division by zero/);
    expect(await admin(`select to_regclass('broken.half') as found, (select count(*)::int from broken.migration) as remembered`)).toEqual([
      { found: null, remembered: 0 },
    ]);
  });

  it('says what to do when an extension is somewhere else', async () => {
    const other = await freshDatabase();
    try {
      const client = new Client({ connectionString: other.adminUrl });
      await client.connect();
      await client.query('alter extension unaccent set schema public');
      await client.end();
      await expect(prepareDatabase({ adminUrl: other.adminUrl, plans, passwords: testPassword })).rejects.toThrow(
        /ALTER EXTENSION unaccent SET SCHEMA extensions/,
      );
    } finally {
      await other.drop();
    }
  });
});
