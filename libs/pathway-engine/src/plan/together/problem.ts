import type { Standing } from '../../audit/situation.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { problemOf } from '../bound/problem.ts';
import type { Problem } from '../bound/problem.ts';
import { unitsTouched } from './touched.ts';

/** The questions of several credentials over the same items: each is projected by itself, and their items are numbered together. */
export interface JointProblem {
  readonly graph: Graph;
  readonly all: readonly Compiled[];
  readonly standing: Standing;
  readonly problems: readonly Problem[];
  /** By id. */
  readonly items: readonly MicroCredential[];
  /** For each problem, the joint number of each of its items. */
  readonly jointOf: readonly (readonly number[])[];
  readonly forced: readonly number[];
}

export function jointProblemOf(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms): JointProblem {
  const touched = all.map((compiled) => unitsTouched(graph, compiled));
  const problems = all.map((compiled, own) => {
    // Of what a share is taken, more is better than what is asked for: nothing there can be left out.
    const keepsAll = compiled.credential.sharing?.across?.some((cap) => 'share' in cap) === true;
    const elsewhere = touched.flatMap((units, index) => (index !== own || keepsAll ? [...units] : []));
    return problemOf(graph, compiled, standing, terms, elsewhere);
  });
  const items = [...new Set(problems.flatMap((problem) => problem.items))].sort((a, b) => (a.id < b.id ? -1 : 1));
  const numberOf = new Map(items.map((one, index) => [one, index]));
  const forced = new Set(terms.forced);
  return {
    graph,
    all,
    standing,
    problems,
    items,
    jointOf: problems.map((problem) => problem.items.map((one) => numberOf.get(one)!)),
    forced: items.flatMap(({ id }, index) => (forced.has(id) ? [index] : [])),
  };
}
