export { checkAssignment, type CheckCode, type CheckedAssignment, type CheckFault, type PlacedCredit } from './check-assignment.ts';
export { checkPlan, type CheckedPlan } from './check-plan.ts';
export { checkTogether, type CheckedTogether, type Claim } from './check-together.ts';
export type { Value } from './tally.ts';
