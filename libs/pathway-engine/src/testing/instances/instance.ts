import type { Facts, Situation } from '../../facts/facts.ts';
import type { PlanTerms } from '../../facts/question.ts';

/** A question for the cheapest plan: `credential` is an id, and the situation has nothing planned. */
export interface Instance {
  readonly facts: Facts;
  readonly credential: string;
  readonly situation: Situation;
  readonly terms: PlanTerms;
}
