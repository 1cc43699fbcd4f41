import type { Day } from './day.ts';
import type { Grade } from './measures.ts';

/** A micro-credential that a learner earned, as the asker knows it. `award` tells several completions of one apart. */
export interface Completion {
  readonly award?: string;
  readonly microCredential: string;
  readonly completedOn: Day;
  readonly grade?: Grade;
  /** The first day on which it is expired; absent: it does not expire. */
  readonly expiresOn?: Day;
  /** Absent: ACTIVE. A revoked or suspended one counts for nothing. */
  readonly status?: 'ACTIVE' | 'SUSPENDED' | 'REVOKED';
}
