import { standingOf } from '../audit/situation.ts';
import type { Situation } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { CreditBound } from '../plan/bound/credit-bound.ts';
import { creditOptionsOf } from '../plan/bound/credit-options.ts';
import { PriceBound } from '../plan/bound/bound.ts';
import { problemOf } from '../plan/bound/problem.ts';
import { stagesOf } from '../plan/objectives.ts';
import { compile } from '../requirement/compiled.ts';

const STEPS = 60;

/** What may make a question for the least cost hard. */
export interface Difficulty {
  /** Micro-credentials between which the search chooses, and ways in which they count. */
  readonly candidates: number;
  readonly sources: number;
  /** Bounds before anything is decided, in cents: by prices alone, and with credit counted whole where that is done. */
  readonly boundByPrices: number;
  readonly bound: number;
  /** Candidates that cost the same as another one and do the same. */
  readonly alike: number;
}

/** Looks at a question without terms as the search does before its first decision. @throws RangeError when the credential is not known. */
export function difficultyOf(graph: Graph, credentialId: string, situation: Situation): Difficulty {
  const credential = graph.credentials.get(credentialId);
  if (!credential) throw new RangeError(`There is no credential ${credentialId}.`);
  const problem = problemOf(graph, compile(graph, credential), standingOf(graph, situation), {});
  const [{ weights, unit }] = stagesOf(problem.items, []) as [{ weights: readonly number[]; unit: number }];
  const state = new Int8Array(problem.items.length);
  const most = weights.reduce((sum, weight) => sum + weight, 1);
  const prices = PriceBound.startingAt(problem, weights);
  const boundByPrices = prices.improve(state, weights, most, STEPS).value * unit;
  const options = creditOptionsOf(problem);
  let bound = boundByPrices;
  if (options) {
    const credit = new CreditBound(problem, options);
    credit.set(prices.prices);
    bound = Math.max(bound, credit.improve(prices.costs(state, weights), most, STEPS) * unit);
  }
  const likeness = problem.items.map((_, item) =>
    JSON.stringify([weights[item], problem.sources.filter(({ lacks }) => lacks.some((one) => one.includes(item))).map(({ gifts }) => gifts)]),
  );
  const alike = likeness.filter((one, index) => likeness.indexOf(one) !== index || likeness.lastIndexOf(one) !== index).length;
  return { candidates: problem.items.length, sources: problem.sources.length, boundByPrices, bound, alike };
}
