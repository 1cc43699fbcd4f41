import { Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { basis, certificate } from './certificate.ts';
import { whyInfeasible } from './core.ts';
import { Objective, PathwayScope, Plan, Proof, SEARCH_PATIENCE_MS, objectives, planTerms } from './plan.ts';
import { Situation, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';

const oneTarget = { error: 'Name one pathway, or say among which ones the best is looked for.', path: ['pathway'] };

/** The best further micro-credentials with which a pathway is complete, and what is proven of them. */
export const CheapestCompletion = defineQuery({
  name: 'cheapestCompletion',
  service: 'pathways',
  patienceMs: SEARCH_PATIENCE_MS,
  input: z
    .strictObject({
      pathway: Ctid.optional(),
      /** Whichever of these can be completed best. */
      among: PathwayScope.optional(),
      ...Situation,
      objectives,
      ...planTerms,
      /** So many further plans for the pathway, none of which holds all of one before it. */
      alternatives: z.int().min(0).max(5).default(0),
    })
    .refine(({ pathway, among }) => (pathway === undefined) !== (among === undefined), oneTarget)
    .refine(saysWhatIsHeld, oneWay),
  output: z.object({
    /** The one that was asked for, or the best of several; absent where no plan for any of them was found. */
    pathway: Ctid.optional(),
    version: z.int().positive().optional(),
    proof: Proof,
    /** Only of OPTIMAL and FEASIBLE. */
    ...Plan.partial().shape,
    ...certificate,
    /** No plan has less of the first objective; absent when there is no plan. */
    bound: z.number().optional(),
    /** Of several pathways those that could still have a better plan. */
    unsolved: z.array(Ctid),
    /** The next best plans, and whether none between them was overlooked. */
    alternatives: z.array(Plan),
    alternativesComplete: z.boolean(),
    /** Of one pathway, or of whichever of at most a hundred. */
    ...whyInfeasible,
    objectives: z.array(Objective),
    ...basis,
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', ...whoseRefusals],
});
