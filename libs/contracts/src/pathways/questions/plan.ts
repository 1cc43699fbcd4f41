import { Ctid, InstitutionCode } from '@mcr/event-kit';
import { z } from 'zod';
import { DeliveryType } from '../../programs/micro-credential.ts';
import { DestinationType } from '../pathway.ts';
import { Verdict, certificate } from './certificate.ts';

/** What is to be least. TERMS adds up: one after the other. */
export const Objective = z.enum(['COST', 'HOURS', 'COUNT', 'TERMS']);

/** Sums over a plan: Canadian dollars, hours, micro-credentials, terms. */
export const PlanTotals = z.object({ cost: z.number(), hours: z.number(), count: z.int(), terms: z.int() });

/** OPTIMAL: nothing is better. FEASIBLE: a plan, and nothing is under the bound. INFEASIBLE: there is no plan. UNKNOWN: the time was over first. */
export const Proof = z.enum(['OPTIMAL', 'FEASIBLE', 'INFEASIBLE', 'UNKNOWN']);

const budget = z.number().min(0).max(1_000_000);
const many = z.array(Ctid).max(200).default([]);

export const PlanBudgets = z.strictObject({
  cost: budget.optional(),
  hours: budget.optional(),
  count: z.int().min(0).max(1000).optional(),
  terms: z.int().min(0).max(1000).optional(),
});

/** How long callers elsewhere wait for a search: it may have to wait for others, and says itself when that takes too long. */
export const SEARCH_PATIENCE_MS = 20_000;

/** So long a search may take. */
export const timeBudgetMs = z.int().min(0).max(5_000).default(2_000);

/** The first goes before the second; those that are not named follow. */
export const objectives = z.array(Objective).max(4).default([]);

/** What a plan may consist of, and how long somebody may look for it. */
export const planTerms = {
  budgets: PlanBudgets.default({}),
  /** A plan takes micro-credentials of these institutions only, delivered in these ways only. */
  institutions: z.array(InstitutionCode).min(1).max(50).optional(),
  deliveries: z.array(DeliveryType).min(1).max(3).optional(),
  forced: many,
  forbidden: many,
  timeBudgetMs,
};

/** Several pathways: those of these CTIDs; or those that can be begun on the day, of this type, of this institution. All that is said must hold. */
export const PathwayScope = z.strictObject({
  pathways: z.array(Ctid).min(1).max(100).optional(),
  type: DestinationType.optional(),
  institution: InstitutionCode.optional(),
});

/** A plan with its totals, and the assignment with it. */
export const Plan = z.object({
  /** Sorted. */
  plan: z.array(Ctid),
  totals: PlanTotals,
  verdict: Verdict.exclude(['INCOMPLETE']),
  ...certificate,
});
