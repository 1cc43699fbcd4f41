export { demonstrate, type StartedRegistry } from './demonstrate.ts';
export { type DemonstrationOptions, type DemonstrationResult, loadDemonstration } from './load-demonstration.ts';
export type { ProgressLog } from './progress.ts';
