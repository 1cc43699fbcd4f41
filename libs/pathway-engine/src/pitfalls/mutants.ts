import type * as Assign from '../audit/assign.ts';
import type * as Tally from '../audit/tally.ts';
import type * as Fits from '../agreements/fits.ts';
import type { Agreement } from '../facts/agreement.ts';
import type { Requirement } from '../facts/requirement.ts';
import type * as GraphModule from '../graph/graph.ts';
import { IN, UNDECIDED } from '../plan/bound/decisions.ts';
import type * as Candidates from '../plan/candidates/candidates.ts';
import type * as Dominance from '../plan/candidates/dominance.ts';
import type * as Offers from '../plan/candidates/offers.ts';
import type * as Search from '../plan/search/search.ts';
import type * as Places from '../requirement/places.ts';
import type * as LpLines from '../testing/solvers/lp-lines.ts';

/** A fault put back: what a module of the library exports instead of what it does. Only specifications load it. */
export interface Mutant {
  readonly pitfall: number;
  /** Which of the pitfall's named tests is to catch it. */
  readonly test: string;
  readonly what: string;
  /** From this folder. */
  readonly module: string;
  readonly change: (actual: never) => object;
}

const mutant = <Module>(pitfall: number, test: string, what: string, module: string, change: (actual: Module) => Partial<Module>): Mutant => {
  return { pitfall, test, what, module, change: change as unknown as (actual: never) => object };
};

type Put = (agreement: Agreement, put: (agreement: Agreement) => void) => void;

/** A graph that takes in agreements in another way. */
const graphThat =
  (take: Put) =>
  ({ Graph }: typeof GraphModule): Partial<typeof GraphModule> => {
    class Mistaken extends Graph {
      static override of(facts: Parameters<typeof Graph.of>[0]): InstanceType<typeof Graph> {
        const graph = new Mistaken();
        for (const one of facts.microCredentials) graph.putMicroCredential(one);
        for (const one of facts.agreements) graph.putAgreement(one);
        for (const one of facts.credentials) graph.putCredential(one);
        return graph;
      }

      override putAgreement(agreement: Agreement): void {
        take.call(this, agreement, (one) => super.putAgreement(one));
      }
    }
    return { Graph: Mistaken };
  };

const firstBranchOnly = (requirement: Requirement): Requirement =>
  requirement.node === 'ANY' ? { ...requirement, of: requirement.of.slice(0, 1) } : requirement;

/** A salt that is another one each time, as a hash of names would be. */
let salt = 0;

/** Each pitfall as somebody fell into it, in the terms of this library. */
export const mutants: readonly Mutant[] = [
  mutant<typeof Search>(
    1,
    'cheapest single choice',
    'the cheapest choice is taken for granted, and then the rest is looked for',
    '../plan/search/search.ts',
    ({ searchPlan }) => ({
      searchPlan: (problem, goal, budget) => {
        const cheapest = goal.weights.indexOf(Math.min(...goal.weights));
        const from = Int8Array.from(goal.from ?? problem.items.map(() => UNDECIDED));
        if (from[cheapest] === UNDECIDED) from[cheapest] = IN;
        return searchPlan(problem, { ...goal, from }, budget);
      },
    }),
  ),
  mutant<typeof Places>(2, 'every branch', 'of a choice the first branch is taken', '../requirement/places.ts', ({ treeOf }) => ({
    treeOf: (requirement, isWaived) => treeOf(firstBranchOnly(requirement), isWaived),
  })),
  mutant<typeof GraphModule>(
    3,
    'all are needed',
    'a bundle is read as a list of alternatives',
    '../graph/graph.ts',
    graphThat((agreement, put) => {
      for (const [index, thing] of agreement.from.entries()) put({ ...agreement, id: `${agreement.id}.${index}`, from: [thing] });
    }),
  ),
  mutant<typeof Offers>(4, 'costs as much as all', 'a bundle costs as much as one thing of it', '../plan/candidates/offers.ts', ({ offersOf }) => ({
    offersOf: (...asked) => offersOf(...asked).map((offer) => ({ ...offer, lacks: offer.lacks.slice(0, 1) })),
  })),
  mutant<typeof Candidates>(
    5,
    'every time',
    'the order of items depends on a hash that is another one each time',
    '../plan/candidates/candidates.ts',
    ({ candidatesFor, ...rest }) => ({
      ...rest,
      candidatesFor: (...asked) => {
        const found = candidatesFor(...asked);
        const turn = (salt += 1) % Math.max(1, found.items.length);
        return { ...found, items: [...found.items.slice(turn), ...found.items.slice(0, turn)] };
      },
    }),
  ),
  mutant<typeof GraphModule>(
    6,
    'does not depend on which came first',
    'the first agreement of a micro-credential stands for all of them',
    '../graph/graph.ts',
    graphThat(function (this: InstanceType<typeof GraphModule.Graph>, agreement, put) {
      const isKnown = [...this.edges.values()].some(({ agreement: { from } }) => from[0]!.microCredential === agreement.from[0]!.microCredential);
      if (!isKnown) put(agreement);
    } as Put),
  ),
  mutant<typeof Assign>(7, 'a count takes', 'whatever comes first takes all that it can', '../audit/assign.ts', () => ({
    assign: (board, { manualCounts }) => {
      for (const pair of board.openPairs()) if (board.isOpen(pair)) board.put(pair);
      return board.rootMet(board.values('PUT'), manualCounts) && board.limitsShort('PUT').length === 0 ? 'FOUND' : 'NONE';
    },
  })),
  mutant<typeof Search>(8, 'chosen together', 'prerequisites are added when the rest is decided', '../plan/search/search.ts', ({ searchPlan }) => ({
    searchPlan: (problem, goal, budget) => {
      const found = searchPlan({ ...problem, prerequisites: problem.items.map(() => []) }, goal, budget);
      const cheapest = (group: readonly number[]): number => group.reduce((best, item) => (goal.weights[item]! < goal.weights[best]! ? item : best));
      const before = found.plan?.flatMap((item) => problem.prerequisites[item]!.map(cheapest));
      return { ...found, plan: found.plan && [...new Set([...found.plan, ...before!])].sort((a, b) => a - b) };
    },
  })),
  mutant<typeof Offers>(
    9,
    'counts for a limit',
    'what only counts for a limit is left out for what is cheaper',
    '../plan/candidates/offers.ts',
    ({ offersOf }) => ({
      offersOf: (...asked) =>
        offersOf(...asked).map((offer) => ({ ...offer, toLimits: offer.toLimits.map(() => 0), sort: JSON.stringify([...offer.uses.keys()]) })),
    }),
  ),
  mutant<typeof Dominance>(
    9,
    'used twice',
    'what may be used twice is left out as if it might not',
    '../plan/candidates/dominance.ts',
    ({ withoutDominated }) => ({
      withoutDominated: (graph, compiled, ...asked) => withoutDominated(graph, { ...compiled, maxUses: 1 }, ...asked),
    }),
  ),
  mutant<typeof Tally>(10, 'three tenths', 'credits are added as fractions', '../audit/tally.ts', ({ valueOf }) => ({
    valueOf: (place, pieces, capOf) =>
      place.kind === 'CREDITS' ? pieces.reduce((sum, { credits }) => sum + credits / 100, 0) * 100 : valueOf(place, pieces, capOf),
  })),
  mutant<typeof Tally>(11, 'a cap lessens', 'a cap that is exceeded fails', '../audit/tally.ts', (tally) => ({
    ...tally,
    isHeld: (limit, value) => (limit.limit === 'CAP' ? value <= limit.max : tally.isHeld(limit, value)),
  })),
  mutant<typeof Fits>(12, 'the day of completion', 'the agreement of today is taken', '../agreements/fits.ts', ({ misfitsOf }) => ({
    misfitsOf: (agreement, thing, completion, asOf) => misfitsOf(agreement, thing, { ...completion, completedOn: asOf }, asOf),
  })),
  mutant<typeof LpLines>(13, 'in lines', 'a sum is one line, however long', '../testing/solvers/lp-lines.ts', () => ({ inLines: (parts) => parts.join('') })),
  mutant<typeof Fits>(14, 'has expired', 'what has expired is there while others are planned beside it', '../agreements/fits.ts', ({ misfitsOf }) => ({
    misfitsOf: (...asked) => misfitsOf(...asked).filter((misfit) => misfit !== 'CREDENTIAL_EXPIRED'),
  })),
];
