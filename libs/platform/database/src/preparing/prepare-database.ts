import { Client } from 'pg';
import { advisoryLocks } from '../advisory-locks.ts';
import { sqlState } from '../errors.ts';
import { databaseUrl } from '../role-url.ts';
import { ensureRoles } from './roles.ts';
import { runMigrations } from './run-migrations.ts';
import type { SchemaPlan } from './schema-plan.ts';
import { ensureSchemas, grantReaders } from './schemas.ts';

export interface PrepareDatabaseOptions {
  /** Superuser of the server, or a role that owns the database and may create roles. */
  readonly adminUrl: string;
  readonly plans: readonly SchemaPlan[];
  /** The password of a role that signs in: a service's running role, or a reader. Set anew each time. */
  readonly passwords: (role: string) => string;
}

async function connectAs(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'mcr-preparing', connectionTimeoutMillis: 10_000 });
  // What breaks while a statement runs is told by that statement; without a listener the process would end.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Some providers let nobody into the maintenance database; then the one to be prepared must do. */
const CLOSED_DOOR = ['3D000', '42501', '28000', '28P01'];

async function connectToMaintenance(adminUrl: string): Promise<Client> {
  try {
    return await connectAs(databaseUrl(adminUrl, 'postgres'));
  } catch (error) {
    if (!CLOSED_DOOR.includes(sqlState(error) ?? '')) throw error;
    return connectAs(adminUrl);
  }
}

async function using(client: Client, work: (client: Client) => Promise<void>): Promise<void> {
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Brings a database to what the plans say: roles, schemas, rights, extensions, migrations. Doing it again changes
 * nothing but the passwords; several processes may do it at once, and the later wait for the first.
 */
export async function prepareDatabase({ adminUrl, plans, passwords }: PrepareDatabaseOptions): Promise<void> {
  await using(await connectToMaintenance(adminUrl), (admin) => ensureRoles(admin, plans, passwords));
  await using(await connectAs(adminUrl), async (admin) => {
    await admin.query('select pg_advisory_lock($1, 0)', [advisoryLocks.preparing]);
    await ensureSchemas(admin, plans);
    for (const plan of plans) {
      await runMigrations(admin, plan);
      await grantReaders(admin, plan);
    }
  });
}
