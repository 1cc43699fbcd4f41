import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { Client } from 'pg';
import { openDatabase } from '../database.ts';
import { roleUrl } from '../role-url.ts';
import { prepareDatabase } from './prepare-database.ts';

const landlord = 'mcr_test_landlord';
const steps = [{ number: 1, name: 'rooms', sql: () => 'create table room (name text primary key)' }];
const plans = [{ schema: 'rented', service: 'tenant', migrations: [{ owner: 'tenant', steps }], readers: ['mcr_test_inspector'] }];

/** As a provider of databases gives it: it owns its database and may create roles, and is no superuser. */
describe('an administrator without all powers', () => {
  let fresh: TestDatabase;
  let adminUrl: string;
  const asSuperuser = async (...statements: string[]): Promise<void> => {
    const client = new Client({ connectionString: fresh.adminUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  beforeAll(async () => {
    fresh = await freshDatabase();
    adminUrl = roleUrl(fresh.adminUrl, landlord, testPassword(landlord));
    const database = new URL(fresh.adminUrl).pathname.slice(1);
    await asSuperuser(
      `create role ${landlord} login createrole password '${testPassword(landlord)}'`,
      'drop schema extensions cascade',
      `alter database ${database} owner to ${landlord}`,
    );
  });
  afterAll(async () => {
    await fresh.drop();
    const server = await freshDatabase();
    fresh = server;
    await asSuperuser('drop role mcr_tenant, mcr_tenant_owner, mcr_test_inspector', `drop role ${landlord}`);
    await server.drop();
  });

  it('prepares its own database, twice', async () => {
    for (let time = 0; time < 2; time++) await prepareDatabase({ adminUrl, plans, passwords: testPassword });
    const tenant = await openDatabase({ service: 'tenant', schema: 'rented', url: roleUrl(adminUrl, 'mcr_tenant', testPassword('mcr_tenant')) });
    expect(await tenant.query(`insert into room values ('kitchen') returning unaccent(name) as name`)).toEqual([{ name: 'kitchen' }]);
    await expect(tenant.query('drop table room')).rejects.toThrow(/must be owner/);
    await tenant.close();
  });
});
