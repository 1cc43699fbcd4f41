import { Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { basis } from './certificate.ts';
import { Objective, PathwayScope, Plan, SEARCH_PATIENCE_MS, objectives, planTerms } from './plan.ts';
import { Situation, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';

const oneBudget = { error: 'Say what no plan may be over: cost, hours, count or terms.', path: ['budgets'] };

/** What can be completed within a budget: the pathway with the best plan first, then those of which it is not known in time. */
export const CredentialsInReach = defineQuery({
  name: 'credentialsInReach',
  service: 'pathways',
  patienceMs: SEARCH_PATIENCE_MS,
  input: z
    .strictObject({ scope: PathwayScope.default({}), ...Situation, objectives, ...planTerms })
    .refine(({ budgets }) => Object.values(budgets).some((most) => most !== undefined), oneBudget)
    .refine(saysWhatIsHeld, oneWay),
  output: z.object({
    pathways: z.array(
      z.object({
        pathway: Ctid,
        version: z.int().positive(),
        /** UNKNOWN: the time was over; there is no plan with less than the bound. */
        proof: z.enum(['OPTIMAL', 'FEASIBLE', 'UNKNOWN']),
        plan: Plan.optional(),
        /** No plan has less of the first objective. */
        bound: z.number(),
      }),
    ),
    objectives: z.array(Objective),
    ...basis,
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', ...whoseRefusals],
});
