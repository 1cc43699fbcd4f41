import type { Database } from '../database.ts';
import { sqlState } from '../errors.ts';
import { pendingSteps } from './migrations.ts';
import type { AppliedStep } from './migrations.ts';
import { namesOf } from './schema-plan.ts';
import type { SchemaPlan } from './schema-plan.ts';
import { identifier } from './sql.ts';

/** No such password, role, database, schema or table, or no right yet: what a database says before it was prepared. */
const NOT_PREPARED = new Set(['28P01', '28000', '3D000', '3F000', '42P01', '42501']);

/** Does this error come of a database that is still to be prepared? */
export const isUnprepared = (error: unknown): boolean => NOT_PREPARED.has(sqlState(error) ?? '');

/**
 * What is still to be done to a schema before its service can run, seen with the service's own role; undefined when
 * nothing is. Steps of a newer release than this one do not matter.
 * @throws MigrationRefused when the code and the database disagree about the past.
 */
export async function unprepared(database: Database, plan: SchemaPlan): Promise<string | undefined> {
  const names = namesOf(plan);
  const rows = await database.query<AppliedStep & { owner: string }>(`select owner, number, name, sha256 from ${identifier(plan.schema)}.migration`);
  const pending = plan.migrations.flatMap((source) =>
    pendingSteps(
      source,
      names,
      rows.filter(({ owner }) => owner === source.owner),
    ),
  );
  return pending.length === 0 ? undefined : `Schema ${plan.schema} lacks ${pending.length} migration${pending.length === 1 ? '' : 's'}.`;
}
