import type { Client } from 'pg';
import { homeSchemas, namesOf, readersOf, rolesOf } from './schema-plan.ts';
import type { SchemaPlan } from './schema-plan.ts';
import { databaseIdentifier, identifier, identifiers } from './sql.ts';

const EXTENSIONS = ['unaccent', 'pg_trgm', 'btree_gin'];

async function ensureExtensions(admin: Client): Promise<void> {
  await admin.query('create schema if not exists extensions');
  await admin.query('grant usage on schema extensions to public');
  const { rows } = await admin.query<{ name: string; schema: string }>(
    'select extname as name, extnamespace::regnamespace::text as schema from pg_extension where extname = any($1)',
    [EXTENSIONS],
  );
  const installed = new Map(rows.map(({ name, schema }) => [name, schema]));
  for (const name of EXTENSIONS) {
    const schema = installed.get(name);
    if (schema === undefined) await admin.query(`create extension if not exists ${identifier(name)} schema extensions`);
    else if (schema !== 'extensions') {
      throw new Error(`The extension ${name} is in schema ${schema}, where services cannot find it. Run: ALTER EXTENSION ${name} SET SCHEMA extensions;`);
    }
  }
}

async function restrictDatabase(admin: Client, plans: readonly SchemaPlan[]): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  const database = databaseIdentifier(rows[0]!.name);
  const homes = homeSchemas(plans);
  const running = [...homes.keys()].map((service) => rolesOf(service).running);
  const readers = readersOf(plans);
  await admin.query(`revoke all on database ${database} from public`);
  await admin.query('revoke all on schema public from public');
  const everyone = [...running, ...readers];
  if (everyone.length > 0) await admin.query(`grant connect on database ${database} to ${identifiers(everyone)}`);
  for (const [service, schema] of homes) {
    const role = identifier(rolesOf(service).running);
    await admin.query(`alter role ${role} in database ${database} set search_path = ${identifier(schema)}, extensions`);
    await admin.query(`alter role ${role} in database ${database} set default_transaction_isolation = 'read committed'`);
  }
  for (const reader of readers) {
    await admin.query(`alter role ${identifier(reader)} in database ${database} set search_path = extensions`);
    await admin.query(`alter role ${identifier(reader)} in database ${database} set default_transaction_read_only = on`);
    // Readers answer what anybody may ask: no question may hold the server for long.
    await admin.query(`alter role ${identifier(reader)} in database ${database} set statement_timeout = '5s'`);
  }
}

/** Rights on tables that are yet to be made follow from these, so a migration grants nothing unless it wants less. */
async function ensureSchema(admin: Client, plan: SchemaPlan): Promise<void> {
  const names = namesOf(plan);
  const [schema, owner, running] = [identifier(names.schema), identifier(names.owner), identifier(names.running)];
  const everyone = identifiers([names.running, ...names.readers]);
  const forOwner = `alter default privileges for role ${owner}`;
  await admin.query(`create schema if not exists ${schema} authorization ${owner}`);
  await admin.query(`grant usage on schema ${schema} to ${everyone}`);
  await admin.query(`${forOwner} revoke execute on functions from public`);
  await admin.query(`${forOwner} in schema ${schema} grant execute on functions to ${everyone}`);
  await admin.query(`${forOwner} in schema ${schema} grant select, insert, update, delete on tables to ${running}`);
  await admin.query(`${forOwner} in schema ${schema} grant usage, select on sequences to ${running}`);
  for (const reader of names.readers) await admin.query(`${forOwner} in schema ${schema} grant select on tables to ${identifier(reader)}`);
}

/** A reader that was added after tables were made gets them too. */
export async function grantReaders(admin: Client, plan: SchemaPlan): Promise<void> {
  for (const reader of plan.readers ?? []) await admin.query(`grant select on all tables in schema ${identifier(plan.schema)} to ${identifier(reader)}`);
}

export async function ensureSchemas(admin: Client, plans: readonly SchemaPlan[]): Promise<void> {
  await ensureExtensions(admin);
  await restrictDatabase(admin, plans);
  for (const plan of plans) await ensureSchema(admin, plan);
}
