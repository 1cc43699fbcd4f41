import { afterAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { freshDatabase } from './fresh-database.ts';
import type { TestDatabase } from './fresh-database.ts';

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('a fresh database', () => {
  const made: TestDatabase[] = [];
  afterAll(() => Promise.all(made.map((database) => database.drop())));

  it('is empty and apart from every other', async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    made.push(one, other);
    await ask(one.adminUrl, 'create table only_here (id int)');
    expect(await ask(other.adminUrl, `select to_regclass('public.only_here') as found`)).toEqual([{ found: null }]);
  });

  it('is gone when dropped, also while somebody is connected', async () => {
    const database = await freshDatabase();
    const idle = new Client({ connectionString: database.adminUrl });
    const ended = new Promise((resolve) => idle.on('error', resolve));
    await idle.connect();
    await database.drop();
    await ended;
    await expect(ask(database.adminUrl, 'select 1')).rejects.toThrow(/does not exist/);
    await database.drop();
  });
});
