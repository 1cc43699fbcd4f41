import { objectives } from '../../facts/question.ts';
import type { Objective, PlanTerms } from '../../facts/question.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Place } from '../../requirement/places.ts';
import type { PossibleDirect, PossibleEdge } from './possible.ts';
import type { Sources } from './sources.ts';
import { MostUseful } from './most-useful.ts';
import { amountOf, compareInTurn, fullOrder } from '../objectives.ts';
import { offersOf } from './offers.ts';
import type { Offer } from './offers.ts';
import type { Use } from './worth.ts';

/**
 * The sources without those that no best plan uses. What an unused source begins from may be left out with it; what it takes to prove that is
 * one piece that could stand in for another, with nothing else changed: so nothing here is done where a piece may be used more than once.
 */
export function withoutDominated(
  graph: Graph,
  compiled: Compiled,
  sources: Sources,
  items: ReadonlySet<MicroCredential>,
  terms: PlanTerms,
  elsewhere?: Iterable<number>,
): { edges: readonly PossibleEdge[]; directs: readonly PossibleDirect[] } {
  if (compiled.maxUses > 1) return sources;
  const offers = offersOf(graph, compiled, sources, items, terms.forced ?? [], elsewhere);
  const dominated = new Set<object>(dominatedOffers(compiled, offers, terms).map(({ source }) => source));
  return { edges: sources.edges.filter((edge) => !dominated.has(edge)), directs: sources.directs.filter((direct) => !dominated.has(direct)) };
}

/**
 * What no best plan uses: for every use of it there are more better offers than a plan can use. Better is what comes before it in the order of
 * plans, has no more of what is budgeted, and does at least the same at that place and for every limit.
 */
function dominatedOffers(compiled: Compiled, offers: readonly Offer[], terms: PlanTerms): Offer[] {
  const order = fullOrder(terms.objectives);
  const ranked = offers.map((offer) => ({ offer, vector: order.map((objective) => leastOf(offer, objective)), ids: idsOf(offer) }));
  ranked.sort((a, b) => compareInTurn(a.vector, b.vector) || compareInTurn(a.ids, b.ids));
  const before = new OffersBefore(compiled, terms);
  return ranked.flatMap(({ offer }) => {
    const dominated = before.dominate(offer);
    if (offer.standsApart) before.add(offer);
    return dominated ? [offer] : [];
  });
}

/** The offers that come before one and stand apart, by sort and by place. */
class OffersBefore {
  readonly #places: readonly Place[];
  readonly #mostUseful: MostUseful;
  readonly #budgeted: readonly Objective[];
  readonly #bySort = new Map<string, Offer[]>();
  readonly #byPlace = new Map<number, Offer[]>();

  constructor(compiled: Compiled, { budgets = {} }: PlanTerms) {
    this.#places = compiled.tree.places;
    this.#mostUseful = new MostUseful(compiled);
    this.#budgeted = objectives.filter((objective) => budgets[objective] !== undefined);
  }

  add(offer: Offer): void {
    push(this.#bySort, offer.sort, offer);
    for (const place of offer.uses.keys()) push(this.#byPlace, place, offer);
  }

  /**
   * At a course it is enough to have better ones of exactly the same sort, one for each such place: what stands there could change places with
   * one of them that is used elsewhere. Anywhere else there must be so many better ones that a plan has no use for all of them.
   */
  dominate(offer: Offer): boolean {
    const useful = [...offer.uses].filter(([, { worth }]) => worth > 0 || offer.toLimits.some((credits) => credits > 0));
    const narrow = useful.filter(([place]) => this.#takesOne(place));
    return this.#hasTwins(offer, narrow.length) && useful.every(([place, use]) => this.#takesOne(place) || this.#hasMoreThanUseful(offer, place, use));
  }

  #takesOne(place: number): boolean {
    const { kind } = this.#places[place]!;
    return kind === 'COURSE' || kind === 'CRED' || kind === 'WAIVER';
  }

  #hasTwins(offer: Offer, count: number): boolean {
    let found = 0;
    for (const twin of this.#bySort.get(offer.sort) ?? []) {
      if (found >= count) break;
      if (this.#staysInBudget(twin, offer)) found += 1;
    }
    return found >= count;
  }

  #hasMoreThanUseful(offer: Offer, place: number, use: Use): boolean {
    const sum = this.#mostUseful.begin(offer);
    let count = 0;
    for (const better of this.#byPlace.get(place) ?? []) {
      if (!doesAsMuch(better, better.uses.get(place)!, offer, use) || !this.#staysInBudget(better, offer)) continue;
      sum.add(better);
      if ((count += 1) >= sum.most) return true;
    }
    return false;
  }

  #staysInBudget(better: Offer, offer: Offer): boolean {
    return this.#budgeted.every((objective) => leastOf(better, objective) <= leastOf(offer, objective));
  }
}

const doesAsMuch = (better: Offer, other: Use, offer: Offer, use: Use): boolean =>
  other.worth >= use.worth &&
  (other.cap === use.cap || other.cap < 0) &&
  use.values.every((value) => other.values.includes(value)) &&
  offer.toLimits.every((credits, limit) => better.toLimits[limit]! >= credits);

/** What is planned for an offer has at least so much of an objective. */
function leastOf({ lacks }: Offer, objective: Objective): number {
  let sum = 0;
  for (const options of lacks) sum += options.reduce((least, one) => Math.min(least, amountOf(one, objective)), Infinity);
  return sum;
}

/** The ids that could come first among those of equals. */
const idsOf = ({ lacks }: Offer): string[] => lacks.map((options) => options.map(({ id }) => id).reduce((a, b) => (a < b ? a : b))).sort();

function push<Key>(lists: Map<Key, Offer[]>, key: Key, offer: Offer): void {
  const list = lists.get(key);
  if (list) list.push(offer);
  else lists.set(key, [offer]);
}
