import type { MigrationSource } from './migrations.ts';

/** The names that a migration's SQL may use. */
export interface SchemaNames {
  readonly schema: string;
  /** Owns every table; nobody signs in as it. */
  readonly owner: string;
  /** What the running service signs in as; owns nothing. */
  readonly running: string;
  readonly readers: readonly string[];
}

/** One schema of one service: who owns it, who uses it, who may only read it, and the steps that build it. */
export interface SchemaPlan {
  readonly schema: string;
  readonly service: string;
  readonly migrations: readonly MigrationSource[];
  /** Roles that may read every table of this schema and do nothing else. */
  readonly readers?: readonly string[];
}

/** The two roles of a service. */
export const rolesOf = (service: string): { owner: string; running: string } => ({ owner: `mcr_${service}_owner`, running: `mcr_${service}` });

export const namesOf = (plan: SchemaPlan): SchemaNames => ({ schema: plan.schema, ...rolesOf(plan.service), readers: plan.readers ?? [] });

/** The schema in which a running role finds its tables without naming it: its service's own, else its first. */
export function homeSchemas(plans: readonly SchemaPlan[]): Map<string, string> {
  const homes = new Map<string, string>();
  for (const { service, schema } of plans) if (!homes.has(service) || schema === service) homes.set(service, schema);
  return homes;
}

export const readersOf = (plans: readonly SchemaPlan[]): string[] => [...new Set(plans.flatMap((plan) => plan.readers ?? []))];
