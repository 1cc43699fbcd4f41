export { awards, awardsWith } from './awards.service.ts';
// For measurements: the one function behind every door.
export { Intake, type Taken } from './intake/intake.ts';
export type { SentRecord } from './intake/arrival.ts';
