import type { Completion } from '../facts/completion.ts';
import type { Situation } from '../facts/facts.ts';

/**
 * A value as text, the same for equal values: properties by name, those that are undefined left out, a number that JSON does not have as its name.
 * Two answers are the same when their texts are.
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) => {
    if (typeof each === 'number' && !Number.isFinite(each)) return String(each);
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The same situation in the one order that says nothing: an answer must not depend on how somebody wrote down what is held. */
export function inCanonicalOrder(situation: Situation): Situation {
  const { held, planned, declares } = situation;
  return {
    ...situation,
    held: held.toSorted(compareCompletions),
    ...(planned && { planned: planned.toSorted(compareTexts) }),
    ...(declares && { declares: declares.toSorted(compareTexts) }),
  };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareCompletions = (a: Completion, b: Completion): number =>
  compareTexts(a.microCredential, b.microCredential) || a.completedOn - b.completedOn || compareTexts(canonicalText(a), canonicalText(b));
