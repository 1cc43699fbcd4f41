import { Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { basis } from './certificate.ts';
import { Objective, Plan, SEARCH_PATIENCE_MS, planTerms } from './plan.ts';
import { Situation, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';

const different = { error: 'Name each objective once.' };

/** The plans between which two or three objectives leave a choice: none of them is better in one without being worse in another. */
export const CompletionTradeOffs = defineQuery({
  name: 'completionTradeOffs',
  service: 'pathways',
  patienceMs: SEARCH_PATIENCE_MS,
  input: z
    .strictObject({
      pathway: Ctid,
      ...Situation,
      objectives: z
        .array(Objective)
        .min(2)
        .max(3)
        .refine((named) => new Set(named).size === named.length, different),
      ...planTerms,
    })
    .refine(saysWhatIsHeld, oneWay),
  output: z.object({
    pathway: Ctid,
    version: z.int().positive(),
    /** By the first objective, then the second. */
    plans: z.array(Plan),
    /** False: the time was over, and there may be others, or better ones. */
    complete: z.boolean(),
    objectives: z.array(Objective),
    ...basis,
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', ...whoseRefusals],
});
