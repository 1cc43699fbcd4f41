import type { Agreement } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import type { Limit, Sharing } from '../facts/credential.ts';
import type { Placement } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Requirement } from '../facts/requirement.ts';
import { checkAssignment, type CheckCode, type CheckedAssignment } from '../checker/check-answer.ts';
import * as make from './builders.ts';

/** One small question about one assignment. What is not said is not there; micro-credentials a, b and c of `S` always are. */
export interface Setting {
  readonly tree: Requirement;
  readonly placements: readonly Placement[];
  readonly microCredentials?: readonly MicroCredential[];
  readonly agreements?: readonly Agreement[];
  readonly held?: readonly Completion[];
  readonly planned?: readonly string[];
  readonly declares?: readonly string[];
  readonly limits?: readonly Limit[];
  readonly sharing?: Sharing;
}

/** A rule: a setting that keeps it, and a change that breaks only it. With a code the checker names the fault; without, the answer is incomplete. */
export interface RuleCase {
  readonly rule: string;
  readonly right: Setting;
  readonly change: Partial<Setting>;
  readonly code?: CheckCode;
}

/** What the checker says of a setting. */
export function checked({ tree, placements, microCredentials = [], agreements = [], limits, sharing, held, ...asked }: Setting): CheckedAssignment {
  const given = ['a', 'b', 'c'].filter((id) => !microCredentials.some((known) => known.id === id)).map((id) => make.microCredential({ id }));
  const facts = make.facts({ microCredentials: [...given, ...microCredentials], agreements, credentials: [make.credential(tree, { limits, sharing })] });
  return checkAssignment(facts, 'cert', make.situation({ held, ...asked }), placements);
}
