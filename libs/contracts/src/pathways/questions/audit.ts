import { Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { Verdict, basis, certificate } from './certificate.ts';
import { Situation, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';

/** What is counted: credits, pieces of credit, requirements, or for GPA how far credits × (grade − min) are above 0. */
export const Measure = z.enum(['CREDITS', 'PIECES', 'REQUIREMENTS', 'GRADE_POINTS']);

export const RequirementReport = z.object({ id: z.string(), met: z.boolean(), have: z.number(), need: z.number(), measure: Measure });

/** Whether what is held meets a pathway, with the assignment that shows it, or with as much as could be put. */
export const Audit = defineQuery({
  name: 'audit',
  service: 'pathways',
  input: z.strictObject({ pathway: Ctid, ...Situation }).refine(saysWhatIsHeld, oneWay),
  output: z.object({
    pathway: Ctid,
    version: z.int().positive(),
    verdict: Verdict,
    /** False: the search ended first, and INCOMPLETE only says that no way was found. */
    proven: z.boolean(),
    requirements: z.array(RequirementReport),
    limits: z.array(RequirementReport),
    ...certificate,
    ...basis,
  }),
  refusals: ['PATHWAY_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', ...whoseRefusals],
});
