import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, freshDatabase, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { openDatabase } from './database.ts';
import type { Database, Transaction } from './database.ts';
import { isTransient, sqlState } from './errors.ts';
import { prepareDatabase } from './preparing/prepare-database.ts';
import { roleUrl } from './role-url.ts';

const sql = () => `create table account (name text primary key, balance int not null check (balance >= 0))`;
const plans = [{ schema: 'bank', service: 'bank', migrations: [{ owner: 'bank', steps: [{ number: 1, name: 'accounts', sql }] }] }];

describe('a service’s database', () => {
  let fresh: TestDatabase;
  let bank: Database;
  let admin: Database;
  beforeAll(async () => {
    fresh = await freshDatabase();
    await prepareDatabase({ adminUrl: fresh.adminUrl, plans, passwords: testPassword });
    bank = await openDatabase({ service: 'bank', schema: 'bank', url: roleUrl(fresh.adminUrl, 'mcr_bank', testPassword('mcr_bank')), poolSize: 2 });
    admin = await openDatabase({ service: 'admin', schema: 'bank', url: fresh.adminUrl, poolSize: 1 });
  });
  beforeEach(async () => {
    await bank.query('delete from account');
    await bank.query(`insert into account values ('a', 10), ('b', 10)`);
  });
  afterAll(async () => {
    await bank?.close();
    await admin?.close();
    await fresh.drop();
  });

  const balances = async () =>
    Object.fromEntries(
      (await bank.query<{ name: string; balance: number }>('select * from account order by name')).map(({ name, balance }) => [name, balance]),
    );
  const pidOf = async (tx: Transaction) => (await tx.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid;
  const kill = async (pid: number) => {
    await admin.query('select pg_terminate_backend($1)', [pid]);
    await eventually(async () => expect(await admin.query('select from pg_stat_activity where pid = $1', [pid])).toEqual([]));
  };

  it('answers rows, whatever the statement', async () => {
    expect(await bank.query(`insert into account values ('c', 1) returning name`)).toEqual([{ name: 'c' }]);
    expect(await bank.query(`update account set balance = 2 where name = $1 returning balance`, ['c'])).toEqual([{ balance: 2 }]);
    expect(await bank.query(`delete from account where name = 'c' returning name`)).toEqual([{ name: 'c' }]);
    expect(await bank.query(`delete from account where name = 'c'`)).toEqual([]);
  });

  it('keeps all of a transaction', async () => {
    const moved = await bank.transaction(async (tx) => {
      await tx.query(`update account set balance = balance - 3 where name = 'a'`);
      await tx.manager.query(`update account set balance = balance + 3 where name = 'b'`);
      return 3;
    });
    expect([moved, await balances()]).toEqual([3, { a: 7, b: 13 }]);
  });

  it('keeps nothing of a transaction that throws, and passes the error on', async () => {
    const ours = new Error('changed our mind');
    const work = bank.transaction(async (tx) => {
      await tx.query(`update account set balance = 0`);
      throw ours;
    });
    await expect(work).rejects.toBe(ours);
    expect(await balances()).toEqual({ a: 10, b: 10 });
  });

  it('does not keep quiet about a statement whose error was swallowed', async () => {
    const work = bank.transaction(async (tx) => {
      await tx.query(`update account set balance = 5`);
      await tx.query('select 1/0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow(/nothing was kept/);
    expect(await balances()).toEqual({ a: 10, b: 10 });
  });

  it('goes on after a failure inside a savepoint', async () => {
    await bank.transaction(async (tx) => {
      await tx.query(`update account set balance = 5 where name = 'a'`);
      await tx.query('savepoint here');
      await tx.query(`update account set balance = -1 where name = 'b'`).catch(() => tx.query('rollback to savepoint here'));
    });
    expect(await balances()).toEqual({ a: 5, b: 10 });
  });

  it('tells what the database refused, without repeating rows or parameters', async () => {
    const error = await bank.query('insert into account values ($1, 1)', ['a']).catch((error: unknown) => error);
    expect(sqlState(error)).toBe('23505');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/\(a\)|parameters/);
  });

  it('runs the whole of a deadlocked transaction again', async () => {
    let waiting = 0;
    let attempts = 0;
    const bothHoldOne = () => eventually(() => expect(waiting).toBe(2));
    const move = (first: string, second: string) =>
      bank.transaction(async (tx) => {
        attempts++;
        await tx.query('update account set balance = balance + 1 where name = $1', [first]);
        waiting++;
        if (waiting <= 2) await bothHoldOne();
        await tx.query('update account set balance = balance + 1 where name = $1', [second]);
      });
    await Promise.all([move('a', 'b'), move('b', 'a')]);
    expect(attempts).toBeGreaterThan(2);
    expect(await balances()).toEqual({ a: 12, b: 12 });
  });

  it.each(['40001', '40P01'])('gives up after the fifth repetition (%s)', async (state) => {
    let attempts = 0;
    const work = bank.transaction(async (tx) => {
      attempts++;
      await tx.query(`do $$ begin raise exception 'again' using errcode = '${state}'; end $$`);
    });
    await expect(work).rejects.toMatchObject({ code: state });
    expect(attempts).toBe(6);
  });

  it('does not repeat what fails for another reason', async () => {
    let attempts = 0;
    await expect(bank.transaction((tx) => tx.query(`select ${++attempts}/0`))).rejects.toMatchObject({ code: '22012' });
    expect(attempts).toBe(1);
  });

  it.each([
    ['between two statements', async (tx: Transaction) => kill(await pidOf(tx)).then(() => tx.query('select 1'))],
    ['during a statement', async (tx: Transaction) => Promise.all([pidOf(tx).then(kill), tx.query('select pg_sleep(10)')])],
    ['before the commit', async (tx: Transaction) => kill(await pidOf(tx))],
  ])('passes on that its connection died %s, keeps nothing, and takes a new one', async (_, work) => {
    const dying = bank.transaction(async (tx) => {
      await tx.query('update account set balance = 0');
      await work(tx);
    });
    const error = await dying.catch((error: unknown) => error);
    expect(isTransient(error)).toBe(true);
    expect(await balances()).toEqual({ a: 10, b: 10 });
  });

  it('survives that its idle connections die', async () => {
    await bank.query('select 1');
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mcr-bank' and datname = current_database()`);
    await eventually(async () => expect(await balances()).toEqual({ a: 10, b: 10 }));
  });

  it('says so at once when nobody answers', async () => {
    const nobody = openDatabase({ service: 'bank', schema: 'bank', url: 'postgresql://mcr_bank:x@127.0.0.1:1/mcr' });
    const error = await nobody.catch((error: unknown) => error);
    expect(isTransient(error)).toBe(true);
  });
});
