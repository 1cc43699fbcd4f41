import type { Progress, ProgressLog } from '../progress.ts';

/** What every step of the demonstration works with. */
export interface Step {
  readonly url: string;
  readonly dataDir: string;
  readonly log: ProgressLog;
  readonly tokens: { readonly registrar: string; readonly admin: string };
  readonly progress: (label: string, total: number) => Progress;
}
