import { Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { basis, certificate } from './certificate.ts';
import { whyInfeasible } from './core.ts';
import { Objective, Plan, PlanTotals, Proof, SEARCH_PATIENCE_MS, objectives, planTerms } from './plan.ts';
import { Situation, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';

const different = { error: 'Name each pathway once.' };

/** How much credit one pathway counts that stands on learning which another one counts too; with a share cap also how much it may. */
export const SharedCredit = z.object({ with: Ctid, credits: z.number(), most: z.number().optional() });

/** One plan with which several pathways are complete, and what each of them adds to it. */
export const CompletionOfSeveral = defineQuery({
  name: 'completionOfSeveral',
  service: 'pathways',
  patienceMs: SEARCH_PATIENCE_MS,
  input: z
    .strictObject({
      pathways: z
        .array(Ctid)
        .min(2)
        .max(10)
        .refine((named) => new Set(named).size === named.length, different),
      ...Situation,
      objectives,
      ...planTerms,
    })
    .refine(saysWhatIsHeld, oneWay),
  output: z.object({
    proof: Proof,
    /** Only of OPTIMAL and FEASIBLE. */
    plan: Plan.shape.plan.optional(),
    totals: PlanTotals.optional(),
    verdict: Plan.shape.verdict.optional(),
    /** No plan has less of the first objective; absent when there is no plan. */
    bound: z.number().optional(),
    /** Each of them in the order in which they were named. */
    pathways: z.array(
      z.object({
        pathway: Ctid,
        version: z.int().positive(),
        ...certificate,
        /** The totals of the plan less those of the best plan for the others; absent where that was not found in time. */
        adds: PlanTotals.optional(),
        /** Both plans are proven to be the best ones. */
        addsIsProven: z.boolean(),
        /** Each of the others with which it shares credit in this plan, or has a share cap; nothing where there is no plan. */
        shared: z.array(SharedCredit),
      }),
    ),
    ...whyInfeasible,
    objectives: z.array(Objective),
    ...basis,
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', ...whoseRefusals],
});
