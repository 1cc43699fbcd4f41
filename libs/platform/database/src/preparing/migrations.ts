import { createHash } from 'node:crypto';
import type { SchemaNames } from './schema-plan.ts';

/** One numbered step. It runs once, in one transaction, as the schema's owner, with the schema first in the search path. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: (names: SchemaNames) => string;
}

/** The steps of one part of a schema: the service's own tables, or a platform library's. Each part counts on its own. */
export interface MigrationSource {
  readonly owner: string;
  readonly steps: readonly Migration[];
}

/** A step as the database remembers it. */
export interface AppliedStep {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

export interface PendingStep extends AppliedStep {
  readonly sql: string;
}

/** The code and the database disagree about the past; nothing was changed. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

const label = (owner: string, step: { number: number; name: string }): string => `${owner} ${String(step.number).padStart(4, '0')} "${step.name}"`;

function checkNumbers(source: MigrationSource): void {
  let previous = 0;
  for (const step of source.steps) {
    if (!Number.isInteger(step.number) || step.number <= previous) {
      throw new MigrationRefused(`Migration ${label(source.owner, step)} must have a whole number above ${previous}.`);
    }
    previous = step.number;
  }
}

/**
 * The steps that are still to run, in order. Steps that only the database knows are left alone: a newer version ran here,
 * and old and new code run side by side for a while.
 * @throws MigrationRefused when a step that ran here has another text now, or would run after a later one.
 */
export function pendingSteps(source: MigrationSource, names: SchemaNames, applied: readonly AppliedStep[]): PendingStep[] {
  checkNumbers(source);
  const known = new Map(applied.map((step) => [step.number, step]));
  const last = Math.max(0, ...known.keys());
  return source.steps.flatMap((step): PendingStep[] => {
    const sql = step.sql(names);
    const sha256 = createHash('sha256').update(sql).digest('hex');
    const before = known.get(step.number);
    if (before === undefined) {
      if (step.number > last) return [{ number: step.number, name: step.name, sha256, sql }];
      throw new MigrationRefused(
        `Migration ${label(source.owner, step)} of schema ${names.schema} is new, but number ${last} has already run. Give it a higher number.`,
      );
    }
    if (before.sha256 === sha256) return [];
    throw new MigrationRefused(
      `Migration ${label(source.owner, before)} of schema ${names.schema} has run in this database with another text. A released step never changes: restore it, and put the change into a new step.`,
    );
  });
}
