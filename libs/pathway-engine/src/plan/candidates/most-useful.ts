import { limitNeed } from '../../audit/tally.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Node, Place } from '../../requirement/places.ts';
import type { Offer } from './offers.ts';

/**
 * How many of some offers one plan can use at most. Of those at a place it needs only as many as fill what is asked for there, of those for a
 * limit only as many as reach it: a plan with one more would do without it, so it is not the best one.
 */
export class MostUseful {
  readonly #places: readonly Place[];
  readonly #needOfPlace = new Map<number, number>();
  readonly #needs: readonly number[];

  constructor({ tree, limits }: Compiled) {
    this.#places = tree.places;
    this.#readNeeds(tree.root);
    this.#needs = limits.filter((limit) => limit.limit !== 'GPA' && limitNeed(limit) > 0).map(limitNeed);
  }

  /** Counts from one offer on: `most` says how many of those that were added, the first among them, are of use together. */
  begin(first: Offer): { add: (offer: Offer) => void; readonly most: number } {
    const places = new Map<number, { least: number; most: number }>();
    const limits = this.#needs.map(() => ({ least: Infinity, most: 0 }));
    let most = 0;
    const lower = (entry: { least: number; most: number }, worth: number, mostAt: (least: number) => number): void => {
      if (worth <= 0 || worth >= entry.least) return;
      most -= entry.most;
      entry.least = worth;
      entry.most = mostAt(worth);
      most += entry.most;
    };
    const add = ({ uses, toLimits }: Offer): void => {
      for (const [place, { worth }] of uses) {
        if (!places.has(place)) places.set(place, { least: Infinity, most: 0 });
        lower(places.get(place)!, worth, (least) => this.#mostAt(place, least));
      }
      for (const [limit, credits] of toLimits.entries()) lower(limits[limit]!, credits, (least) => Math.ceil(this.#needs[limit]! / least));
    };
    add(first);
    return {
      add,
      get most() {
        return most;
      },
    };
  }

  #mostAt(index: number, least: number): number {
    const place = this.#places[index]!;
    const need = this.#needOfPlace.get(index)!;
    switch (place.kind) {
      case 'COURSE':
      case 'CRED':
      case 'WAIVER':
        return 1;
      case 'DISTINCT':
        return need;
      case 'CREDITS':
      case 'COUNT':
        // What an AT_MOST takes fills it, and the rest fills the place.
        return place.caps.reduce((sum, { max }) => sum + Math.ceil(max / least), Math.ceil(need / least));
    }
  }

  #readNeeds(node: Node): void {
    if (node.waiver !== undefined) this.#needOfPlace.set(node.waiver, 1);
    if (node.kind === 'PLACE') this.#needOfPlace.set(node.place, node.need);
    else if (node.kind === 'SECTIONS') for (const place of node.places) this.#needOfPlace.set(place, Math.max(node.each, node.total));
    else if (node.kind === 'K_OF') for (const child of node.of) this.#readNeeds(child);
    else if (node.kind === 'IF') for (const branch of [node.then, node.otherwise]) if (branch) this.#readNeeds(branch);
  }
}
