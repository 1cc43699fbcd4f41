import type { Client } from 'pg';
import { advisoryLocks } from '../advisory-locks.ts';
import { readersOf, rolesOf } from './schema-plan.ts';
import type { SchemaPlan } from './schema-plan.ts';
import { scramVerifier } from './scram-verifier.ts';
import { identifier, literal } from './sql.ts';

/** Spelled out although most are defaults: a role that someone made by hand is brought back to this. */
const NO_POWERS = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';

async function ensureRole(admin: Client, role: string, signIn: string): Promise<void> {
  const { rows } = await admin.query<{ powerful: boolean }>(
    'select rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as powerful from pg_roles where rolname = $1',
    [role],
  );
  if (rows.length === 0) await admin.query(`create role ${identifier(role)} ${NO_POWERS} ${signIn}`);
  else await admin.query(`alter role ${identifier(role)} ${rows[0]!.powerful ? NO_POWERS : ''} ${signIn}`);
}

/**
 * Creates the roles of all plans or brings them back to what they should be, and sets the passwords. Roles belong to
 * the whole server, so `admin` is a connection to a database that everyone who prepares one on this server shares.
 */
export async function ensureRoles(admin: Client, plans: readonly SchemaPlan[], passwords: (role: string) => string): Promise<void> {
  const services = [...new Set(plans.map((plan) => plan.service))].map(rolesOf);
  const signingIn = [...services.map((roles) => roles.running), ...readersOf(plans)].sort();
  const verifiers = new Map(await Promise.all(signingIn.map(async (role) => [role, await scramVerifier(passwords(role))] as const)));

  await admin.query('begin');
  await admin.query('select pg_advisory_xact_lock($1, 0)', [advisoryLocks.roles]);
  const { rows } = await admin.query<{ super: boolean }>('select rolsuper as super from pg_roles where rolname = current_user');
  for (const { owner } of services) {
    await ensureRole(admin, owner, 'nologin');
    // An administrator who is not a superuser must be a member of the role to act for it.
    if (!rows[0]?.super) await admin.query(`grant ${identifier(owner)} to current_user`);
  }
  for (const role of signingIn) await ensureRole(admin, role, `login password ${literal(verifiers.get(role)!)}`);
  await admin.query('commit');
}
