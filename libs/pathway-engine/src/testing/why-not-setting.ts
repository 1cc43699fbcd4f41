import { PathwayEngine } from '../engine.ts';
import type { Agreement } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import type { Limit, Sharing } from '../facts/credential.ts';
import type { Facts } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Requirement } from '../facts/requirement.ts';
import type { WhyNotTarget } from '../why-not/ask.ts';
import { applyFix } from '../why-not/fix.ts';
import type { Fix } from '../why-not/fix.ts';
import type { WhyNotCode, WhyNotReason } from '../why-not/reason.ts';
import * as make from './builders.ts';

/** What a question about `a` is asked of. Micro-credentials a, b and c of `S` are there, and the certificate asks for the course X. */
export interface Given {
  readonly micros?: readonly Partial<MicroCredential>[];
  readonly agreements?: readonly Agreement[];
  readonly tree?: Requirement;
  readonly limits?: readonly Limit[];
  readonly sharing?: Sharing;
}

/** Why `a` is not recognised, and the fixes of the nearest way on which that is said. Unless said, the target is `R`, and `a` alone is held. */
export interface WhyNotCase extends Given {
  readonly code: WhyNotCode;
  readonly when: string;
  readonly target?: WhyNotTarget;
  readonly held?: readonly Completion[];
  /** What is said with the code. */
  readonly says?: object;
  readonly fixes: readonly { readonly fix: Fix['fix']; readonly [property: string]: unknown }[];
}

export function engineOf({ micros = [], agreements = [], tree = make.course('X'), limits, sharing }: Given): PathwayEngine {
  const microCredentials = ['a', 'b', 'c'].map((id) => make.microCredential({ id, ...micros.find((each) => each.id === id) }));
  return new PathwayEngine(make.facts({ microCredentials, agreements, credentials: [make.credential(tree, { limits, sharing })] }));
}

const factsOf = ({ graph }: PathwayEngine): Facts => ({
  microCredentials: [...graph.microCredentials.values()],
  agreements: [...graph.edges.values()].map(({ agreement }) => agreement),
  credentials: [...graph.credentials.values()],
});

/** What came of a case: what was said, and whether `a` was recognised before each fix of the nearest way, and after all. */
export interface WhyNotOutcome {
  readonly reason: WhyNotReason | undefined;
  readonly fixes: readonly Fix[];
  readonly recognised: readonly boolean[];
}

/** Asks, and then does what the nearest way says, fix by fix. */
export function outcomeOf({ code, target = { receiver: 'R' }, held = [make.held('a')], ...given }: WhyNotCase): WhyNotOutcome {
  const engine = engineOf(given);
  const situation = make.situation({ held });
  const path = engine.whyNot(situation, target, { items: ['a'] })[0]!.paths.find(({ reasons }) => reasons.some((reason) => reason.code === code));
  const isRecognised = (world: { facts: Facts; situation: typeof situation }) =>
    new PathwayEngine(world.facts).whyNot(world.situation, target, { items: ['a'] })[0]!.recognised;
  let world = { facts: factsOf(engine), situation };
  const recognised = [isRecognised(world)];
  for (const fix of path?.fixes ?? []) {
    world = applyFix(world.facts, world.situation, fix);
    recognised.push(isRecognised(world));
  }
  return { reason: path?.reasons.find((reason) => reason.code === code), fixes: path?.fixes ?? [], recognised };
}
