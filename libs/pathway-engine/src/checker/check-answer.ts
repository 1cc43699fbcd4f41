export { checkAssignment, type CheckCode, type CheckedAssignment, type CheckFault } from './check-assignment.ts';
export { checkPlan, type CheckedPlan } from './check-plan.ts';
export type { Value } from './tally.ts';
