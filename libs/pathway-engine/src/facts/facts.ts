import type { Agreement } from './agreement.ts';
import type { Completion } from './completion.ts';
import type { Credential } from './credential.ts';
import type { Day } from './day.ts';
import type { MicroCredential } from './micro-credential.ts';

/** Everything that answers follow from, beside the situation of the one who asks. */
export interface Facts {
  readonly microCredentials: readonly MicroCredential[];
  readonly agreements: readonly Agreement[];
  readonly credentials: readonly Credential[];
}

/** Who asks: what is held, what is planned beside it, the day, and what the learner declares. */
export interface Situation {
  readonly held: readonly Completion[];
  readonly planned?: readonly string[];
  readonly asOf: Day;
  readonly declares?: readonly string[];
}

/** Where a piece of credit comes from: a grant of an agreement, by its place in `grants`, or a micro-credential itself. */
export type Source = { readonly agreement: string; readonly grant: number } | { readonly microCredential: string };

/** One line of a certificate: this piece of credit fills the requirement (or section) of that id. */
export interface Placement {
  readonly source: Source;
  readonly place: string;
}

export type Verdict = 'COMPLETE' | 'COMPLETE_EXCEPT_MANUAL' | 'INCOMPLETE';
