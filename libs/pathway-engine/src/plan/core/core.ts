import type { Standing } from '../../audit/situation.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import { compile } from '../../requirement/compiled.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { isOutOfTime } from '../search/goal.ts';
import type { Budget } from '../search/goal.ts';
import { elementsOf } from './elements.ts';
import type { CoreElement } from './elements.ts';
import { leaveOutOf, leaveOutOfTerms } from './leave-out.ts';
import { isPossible } from './possible.ts';

/**
 * Why there is no plan. IMPOSSIBLE: what the core names is impossible together, proven, even if nothing else were asked for; when `minimal`, it is
 * possible without any one of it, and else the budget ended before that was known of all. POSSIBLE: there is a plan. UNKNOWN: the budget ended.
 */
export type Core =
  { readonly proof: 'IMPOSSIBLE'; readonly core: readonly CoreElement[]; readonly minimal: boolean } | { readonly proof: 'POSSIBLE' | 'UNKNOWN' };

/** A minimal core of what is asked for of a plan for all of these credentials. The nodes of the budget are for each of its questions. */
export function coreOf(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms, budget: Budget): Core {
  const credentials = all.map(({ credential }) => credential);
  const elements = elementsOf(credentials, terms, standing.declares);
  const search = new CoreSearch(elements, (out, nodes) => {
    const less = out.length === 0 ? all : all.map(({ credential }) => compile(graph, leaveOutOf(credential, out)));
    return isPossible(graph, less, standing, leaveOutOfTerms(terms, out), { ...budget, nodes });
  });
  const whole = search.possible(elements, budget);
  if (whole !== 'NO') return { proof: whole === 'YES' ? 'POSSIBLE' : 'UNKNOWN' };
  const core = search.smallest([], true, elements, budget);
  return { proof: 'IMPOSSIBLE', core: elements.filter((one) => core.includes(one)), minimal: search.sure };
}

type Ask = (out: readonly CoreElement[], nodes: number) => 'YES' | 'NO' | 'UNKNOWN';

/** Finds a core by halves: of the second half only what is needed beside the first, then of the first only what is needed beside that. */
export class CoreSearch {
  readonly #elements: readonly CoreElement[];
  readonly #ask: Ask;
  /** Every question so far had an answer. */
  sure = true;

  constructor(elements: readonly CoreElement[], ask: Ask) {
    this.#elements = elements;
    this.#ask = ask;
  }

  /** Whether there is a plan if only these are asked for. */
  possible(asked: readonly CoreElement[], budget: Budget): 'YES' | 'NO' | 'UNKNOWN' {
    if (isOutOfTime(budget)) return 'UNKNOWN';
    const kept = new Set(asked);
    return this.#ask(
      this.#elements.filter((one) => !kept.has(one)),
      budget.nodes,
    );
  }

  /** The least of `among` that is impossible beside `beside`; all of both is. `changed`: something was put beside since that was asked last. */
  smallest(beside: readonly CoreElement[], changed: boolean, among: readonly CoreElement[], budget: Budget): readonly CoreElement[] {
    if (changed) {
      const possible = this.possible(beside, budget);
      if (possible === 'NO') return [];
      // What is not known may not be left out: it stays in the core, which then is no smallest one.
      if (possible === 'UNKNOWN') this.sure = false;
    }
    if (among.length <= 1) return among;
    const half = Math.ceil(among.length / 2);
    const [first, second] = [among.slice(0, half), among.slice(half)];
    const ofSecond = this.smallest([...beside, ...first], true, second, budget);
    const ofFirst = this.smallest([...beside, ...ofSecond], ofSecond.length > 0, first, budget);
    return [...ofFirst, ...ofSecond];
  }
}
