import type { Facts, Planned, Situation } from '@mcr/pathway-engine';
import { percentile } from '../harness/figures.ts';

/** A question for the cheapest plan, without any terms. */
export interface Question {
  readonly credential: string;
  readonly situation: Situation;
}

/** A question with the engine's answer, how long that took, and how long this thread was at work for it. */
export interface Answered extends Question {
  readonly answer: Planned;
  readonly ms: number;
  readonly msAtWork: number;
}

/** Says times beside a goal, or beside what they are compared with. */
export function say(what: string, measured: readonly number[], more: string): void {
  const at = (share: number): string => percentile(measured, share).toFixed(2);
  console.log(`  ${what.padEnd(46)} p50 ${at(0.5).padStart(8)} ms   p99 ${at(0.99).padStart(8)} ms   ${more}`);
}

export const costOf = ({ microCredentials }: Facts): ((plan: readonly string[]) => number) => {
  const costs = new Map(microCredentials.map(({ id, cost }) => [id, cost]));
  return (plan) => plan.reduce((sum, id) => sum + costs.get(id)!, 0);
};
