import { Ctid } from '@mcr/event-kit';
import { z } from 'zod';
import { Objective } from './plan.ts';

/** What of a question can make a plan impossible. USES: how often a piece of credit may be used. FILTER: the institutions or deliveries allowed. */
export const CoreElementKind = z.enum(['REQUIREMENT', 'LIMIT', 'USES', 'SHARE_CAP', 'BUDGET', 'FILTER', 'FORCED', 'FORBIDDEN']);

/** One thing that was asked for, as data and as a sentence. Which members there are depends on the kind. */
export const CoreElement = z.object({
  kind: CoreElementKind,
  message: z.string(),
  pathway: Ctid.optional(),
  /** Of a requirement, a section or a limit of the pathway. */
  requirement: z.string().optional(),
  objective: Objective.optional(),
  microCredential: Ctid.optional(),
});

/** Why there is no plan; only of INFEASIBLE. All of the core together is impossible; where it is minimal, it is possible without any one of it. */
export const whyInfeasible = { core: z.array(CoreElement).optional(), coreIsMinimal: z.boolean().optional() };
