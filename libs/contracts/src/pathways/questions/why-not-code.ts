import { z } from 'zod';

/** Why something is not recognised. The closed list of `libs/pathway-engine`. */
export const WhyNotCode = z.enum([
  'NO_AGREEMENT',
  'AGREEMENT_NO_CREDIT',
  'NOT_YET_EFFECTIVE',
  'EXPIRED_AGREEMENT',
  'COMPLETED_OUTSIDE_WINDOW',
  'GRADE_BELOW_MIN',
  'GRADE_ABOVE_MAX',
  'STALE_DATED',
  'CREDENTIAL_EXPIRED',
  'REVOKED',
  'SUSPENDED',
  'CLUSTER_INCOMPLETE',
  'CONDITION_UNMET',
  'PROGRAM_SCOPE',
  'INDIVIDUAL_ASSESSMENT',
  'SUPERSEDED_BY',
  'LOST_CONFLICT_TO',
  'ALREADY_COUNTED',
  'SHARE_LIMIT',
  'CAP_REACHED',
  'RESIDENCY_SHORT',
  'LEVEL_SHORT',
  'UNASSIGNED_ONLY',
  'SLOT_ALREADY_FULL',
  'NOT_IN_TREE',
  'MANUAL_REVIEW',
  'NON_CREDIT',
  'PLAR_CAP',
]);
export type WhyNotCode = z.infer<typeof WhyNotCode>;
