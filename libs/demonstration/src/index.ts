export { type DemonstrationOptions, type DemonstrationResult, loadDemonstration } from './load-demonstration.ts';
export type { ProgressLog } from './progress.ts';
