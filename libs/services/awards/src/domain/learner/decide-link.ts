import { type Fault } from '@mcr/event-kit';

/** What is known of a learner's sign-in, or was. */
export interface LearnerLink {
  readonly learnerRef: string;
  /** Some sign-in is the learner's. */
  readonly isLinked: boolean;
  /** It is the one in question. */
  readonly isThisSignIn: boolean;
  readonly version: number;
  readonly changedAt: Date;
}

/** LINKED already, to be linked as the next version, or what stands against it. */
export type LinkDecision =
  | { readonly kind: 'LINKED'; readonly since: Date }
  | { readonly kind: 'TO_LINK'; readonly version: number }
  | { readonly kind: 'REFUSED'; readonly fault: Fault };

const refused = (pointer: string, code: 'SUBJECT_TAKEN' | 'LEARNER_TAKEN', message: string): LinkDecision => ({
  kind: 'REFUSED',
  fault: { pointer, code, message, hint: 'If that is wrong, take it back with unlinkLearner first.' },
});

/** Can this sign-in be the learner's? A sign-in is one learner's, and a learner has one. `known`: every link of either. */
export function decideLink(learnerRef: string, known: readonly LearnerLink[]): LinkDecision {
  const ofSignIn = known.find(({ isThisSignIn }) => isThisSignIn);
  if (ofSignIn?.learnerRef === learnerRef) return { kind: 'LINKED', since: ofSignIn.changedAt };
  if (ofSignIn) return refused('/subject', 'SUBJECT_TAKEN', 'The sign-in is linked to another learner.');
  const ofLearner = known.find((link) => link.learnerRef === learnerRef);
  if (ofLearner?.isLinked) return refused('/identifier', 'LEARNER_TAKEN', 'The learner is linked to another sign-in.');
  return { kind: 'TO_LINK', version: (ofLearner?.version ?? 0) + 1 };
}
