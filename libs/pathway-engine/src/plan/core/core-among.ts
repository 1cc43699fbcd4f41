import type { Standing } from '../../audit/situation.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import { compile } from '../../requirement/compiled.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Budget } from '../search/goal.ts';
import { CoreSearch } from './core.ts';
import type { Core } from './core.ts';
import { elementsOf } from './elements.ts';
import type { CoreElement } from './elements.ts';
import { leaveOutOf, leaveOutOfTerms } from './leave-out.ts';
import { isPossible } from './possible.ts';
import type { Possible } from './possible.ts';

/**
 * A minimal core of what is asked for of a plan for any one of these credentials: none of them can be completed if only that is asked for, and
 * one of them can without any one of it. First the terms, which are asked for of all of them; beside those that are needed each credential has
 * only to do with itself. The nodes of the budget are for each of the questions.
 */
export function coreAmong(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms, budget: Budget): Core {
  const askOf =
    (some: readonly Compiled[], alwaysOut: readonly CoreElement[] = []) =>
    (out: readonly CoreElement[], nodes: number): Possible =>
      isAnyPossible(graph, some, standing, terms, [...out, ...alwaysOut], { ...budget, nodes });
  const whole = askOf(all)([], budget.nodes);
  if (whole !== 'NO') return { proof: whole === 'YES' ? 'POSSIBLE' : 'UNKNOWN' };
  let minimal = true;
  const neededOf = (elements: readonly CoreElement[], ask: ReturnType<typeof askOf>): CoreElement[] => {
    if (elements.length === 0) return [];
    const search = new CoreSearch(elements, ask);
    const needed = new Set(search.smallest([], true, elements, budget));
    minimal &&= search.sure;
    return elements.filter((one) => needed.has(one));
  };
  const ofTerms = elementsOf([], terms, standing.declares);
  const needed = neededOf(ofTerms, askOf(all));
  const left = ofTerms.filter((one) => !needed.includes(one));
  const own = all.flatMap((one) => neededOf(elementsOf([one.credential], {}, standing.declares), askOf([one], left)));
  return { proof: 'IMPOSSIBLE', core: [...own, ...needed], minimal };
}

/** Whether there is any plan for any one of these credentials when some of what is asked for is left out. */
function isAnyPossible(graph: Graph, some: readonly Compiled[], standing: Standing, terms: PlanTerms, out: readonly CoreElement[], budget: Budget): Possible {
  const termsLeft = leaveOutOfTerms(terms, out);
  let possible: Possible = 'NO';
  for (const compiled of some) {
    const asksForAll = !out.some((one) => 'credential' in one && one.credential === compiled.credential.id);
    const less = asksForAll ? compiled : compile(graph, leaveOutOf(compiled.credential, out));
    const one = isPossible(graph, [less], standing, termsLeft, budget);
    if (one === 'YES') return one;
    if (one === 'UNKNOWN') possible = one;
  }
  return possible;
}
