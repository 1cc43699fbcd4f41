import { CalendarDate, Ctid, InstitutionCode, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { DeliveryType } from '../programs/micro-credential.ts';
import { Placement, Situation, Verdict } from './audit.ts';

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

/** The best further micro-credentials with which a pathway is complete, and what is proven of them. */
export const CheapestCompletion = defineQuery({
  name: 'cheapestCompletion',
  service: 'pathways',
  input: z.strictObject({
    pathway: Ctid,
    ...Situation,
    /** The first goes before the second; those that are not named follow. */
    objectives: z.array(Objective).max(4).default([]),
    budgets: PlanBudgets.default({}),
    /** A plan takes micro-credentials of these institutions only, delivered in these ways only. */
    institutions: z.array(InstitutionCode).min(1).max(50).optional(),
    deliveries: z.array(DeliveryType).min(1).max(3).optional(),
    forced: many,
    forbidden: many,
    timeBudgetMs: z.int().min(0).max(5_000).default(2_000),
  }),
  output: z.object({
    pathway: Ctid,
    version: z.int().positive(),
    proof: Proof,
    /** Sorted; only of OPTIMAL and FEASIBLE, as what follows it up to `agreements`. */
    plan: z.array(Ctid).optional(),
    totals: PlanTotals.optional(),
    verdict: Verdict.exclude(['INCOMPLETE']).optional(),
    assignment: z.array(Placement),
    agreements: z.array(Ctid),
    /** No plan has less of the first objective; absent when there is no plan. */
    bound: z.number().optional(),
    objectives: z.array(Objective),
    asOf: CalendarDate,
    graphVersion: z.int().nonnegative(),
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'INSTITUTION_NOT_FOUND'],
});
