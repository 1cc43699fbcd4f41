import type { Reason } from '../agreements/reasons.ts';
import type { Day } from '../facts/day.ts';
import type { Source } from '../facts/facts.ts';
import type { Centicredits } from '../facts/measures.ts';
import type { Fix } from './fix.ts';

/** Why something is not recognised, with ids and what there is of what is needed: the reasons of agreements, and those of places and limits. */
export type WhyNotReason =
  | Reason
  | { readonly code: 'NO_AGREEMENT'; readonly receiver: string }
  | { readonly code: 'EXPIRED_AGREEMENT'; readonly until: Day }
  | { readonly code: 'REVOKED' | 'SUSPENDED'; readonly microCredential: string }
  | { readonly code: 'SUPERSEDED_BY'; readonly agreement: string }
  | { readonly code: 'ALREADY_COUNTED'; readonly place: string; readonly by: Source }
  | { readonly code: 'SHARE_LIMIT'; readonly maxUses: number; readonly places: readonly string[] }
  | { readonly code: 'CAP_REACHED' | 'PLAR_CAP'; readonly bucket: string; readonly have: number; readonly most: number }
  | { readonly code: 'RESIDENCY_SHORT' | 'LEVEL_SHORT'; readonly limit: string; readonly have: Centicredits; readonly need: Centicredits }
  | { readonly code: 'UNASSIGNED_ONLY'; readonly courses: readonly string[] }
  | { readonly code: 'SLOT_ALREADY_FULL'; readonly place: string; readonly by: Source }
  | { readonly code: 'NOT_IN_TREE'; readonly credential: string }
  | { readonly code: 'MANUAL_REVIEW'; readonly requirement: string }
  | { readonly code: 'NON_CREDIT'; readonly microCredential: string };

export type WhyNotCode = WhyNotReason['code'];

/** The closed list, each with no more than its name: the type above says what comes with it. */
const codes: Readonly<Record<WhyNotCode, true>> = {
  NO_AGREEMENT: true,
  AGREEMENT_NO_CREDIT: true,
  NOT_YET_EFFECTIVE: true,
  EXPIRED_AGREEMENT: true,
  COMPLETED_OUTSIDE_WINDOW: true,
  GRADE_BELOW_MIN: true,
  GRADE_ABOVE_MAX: true,
  STALE_DATED: true,
  CREDENTIAL_EXPIRED: true,
  REVOKED: true,
  SUSPENDED: true,
  CLUSTER_INCOMPLETE: true,
  CONDITION_UNMET: true,
  PROGRAM_SCOPE: true,
  INDIVIDUAL_ASSESSMENT: true,
  SUPERSEDED_BY: true,
  LOST_CONFLICT_TO: true,
  ALREADY_COUNTED: true,
  SHARE_LIMIT: true,
  CAP_REACHED: true,
  RESIDENCY_SHORT: true,
  LEVEL_SHORT: true,
  UNASSIGNED_ONLY: true,
  SLOT_ALREADY_FULL: true,
  NOT_IN_TREE: true,
  MANUAL_REVIEW: true,
  NON_CREDIT: true,
  PLAR_CAP: true,
};
export const whyNotCodes = Object.keys(codes) as readonly WhyNotCode[];

/** A reason with what would mend it. */
export type Obstacle = WhyNotReason & { readonly fix: Fix };
