import { CalendarDate, Ctid, StorableText, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { HeldMicroCredential } from './recognitions.ts';
import { TransferGrant } from './transfer-agreement.ts';

/** What is held, as its holder or an advisor knows it; `expiresOn` is the first day on which it is expired. */
export const Completion = HeldMicroCredential.extend({ expiresOn: CalendarDate.optional() });

/** Whose question it is: what is held, what else is true of the learner, and the day that counts; today where none is given. */
export const Situation = {
  held: z.array(Completion).max(500),
  declares: z.array(StorableText.trim().min(1).max(40)).max(50).default([]),
  asOf: CalendarDate.optional(),
};

export const Verdict = z.enum(['COMPLETE', 'COMPLETE_EXCEPT_MANUAL', 'INCOMPLETE']);

/** One line of the certificate of an answer: which piece of credit fills which requirement. */
export const Placement = z.object({
  /** The id of a requirement, or of a section of one. */
  place: z.string(),
  /** Where the piece comes from: a grant of an agreement, or a micro-credential itself. */
  agreement: Ctid.optional(),
  grant: TransferGrant.strip().optional(),
  microCredential: Ctid.optional(),
});

/** What is counted: credits, pieces of credit, requirements, or for GPA how far credits × (grade − min) are above 0. */
export const Measure = z.enum(['CREDITS', 'PIECES', 'REQUIREMENTS', 'GRADE_POINTS']);

export const RequirementReport = z.object({ id: z.string(), met: z.boolean(), have: z.number(), need: z.number(), measure: Measure });

/** Whether what is held meets a pathway, with the assignment that shows it, or with as much as could be put. */
export const Audit = defineQuery({
  name: 'audit',
  service: 'pathways',
  input: z.strictObject({ pathway: Ctid, ...Situation }),
  output: z.object({
    pathway: Ctid,
    version: z.int().positive(),
    verdict: Verdict,
    /** False: the search ended first, and INCOMPLETE only says that no way was found. */
    proven: z.boolean(),
    requirements: z.array(RequirementReport),
    limits: z.array(RequirementReport),
    assignment: z.array(Placement),
    /** The agreements that fill a place, each once. */
    agreements: z.array(Ctid),
    asOf: CalendarDate,
    graphVersion: z.int().nonnegative(),
  }),
  refusals: ['PATHWAY_NOT_FOUND'],
});
