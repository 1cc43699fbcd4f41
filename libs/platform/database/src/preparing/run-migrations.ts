import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { sqlState } from '../errors.ts';
import { pendingSteps } from './migrations.ts';
import type { AppliedStep, MigrationSource, PendingStep } from './migrations.ts';
import { namesOf } from './schema-plan.ts';
import type { SchemaNames, SchemaPlan } from './schema-plan.ts';
import { identifier, identifiers } from './sql.ts';

/** A step that waits longer for a lock would make every service behind it wait too. */
const LOCK_TIMEOUT = '2s';
const TRIES = 5;

async function asOwner(admin: Client, names: SchemaNames, work: () => Promise<void>): Promise<void> {
  await admin.query('begin');
  try {
    await admin.query(`set local role ${identifier(names.owner)}`);
    await admin.query(`set local search_path = ${identifier(names.schema)}, extensions`);
    await admin.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await work();
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}

function ensureMigrationTable(admin: Client, names: SchemaNames): Promise<void> {
  return asOwner(admin, names, async () => {
    const { rows } = await admin.query<{ missing: boolean }>(`select to_regclass('migration') is null as missing`);
    if (!rows[0]!.missing) return;
    await admin.query(`create table migration (
      owner text not null,
      number int not null,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null default now(),
      primary key (owner, number)
    )`);
    await admin.query(`revoke insert, update, delete on migration from ${identifiers([names.running])}`);
  });
}

function runStep(admin: Client, names: SchemaNames, source: MigrationSource, step: PendingStep): Promise<void> {
  return asOwner(admin, names, async () => {
    await admin.query(step.sql);
    const { number, name, sha256 } = step;
    await admin.query(`insert into ${identifier(names.schema)}.migration (owner, number, name, sha256) values ($1, $2, $3, $4)`, [
      source.owner,
      number,
      name,
      sha256,
    ]);
  });
}

/** A busy table is a matter of patience, not an error. */
async function patiently(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !['55P03', '40P01'].includes(sqlState(error) ?? '')) throw error;
      await delay(attempt * 500 * Math.random());
    }
  }
}

/** Runs what is missing of one schema. Everything is checked against the database's memory before anything runs. */
export async function runMigrations(admin: Client, plan: SchemaPlan): Promise<void> {
  const names = namesOf(plan);
  await ensureMigrationTable(admin, names);
  const { rows } = await admin.query<AppliedStep & { owner: string }>(`select owner, number, name, sha256 from ${identifier(names.schema)}.migration`);
  const pending = plan.migrations.map((source) => ({
    source,
    steps: pendingSteps(
      source,
      names,
      rows.filter((row) => row.owner === source.owner),
    ),
  }));
  for (const { source, steps } of pending) {
    for (const step of steps) {
      try {
        await patiently(() => runStep(admin, names, source, step));
      } catch (error) {
        throw new Error(`Migration ${source.owner} ${step.number} "${step.name}" of schema ${names.schema} failed: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }
  }
}
