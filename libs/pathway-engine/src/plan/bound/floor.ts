import { objectives } from '../../facts/question.ts';
import type { Objective } from '../../facts/question.ts';
import type { Standing } from '../../audit/situation.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Node } from '../../requirement/places.ts';
import { amountOf } from '../objectives.ts';
import { RowCosts } from './row-costs.ts';
import { giftOf, rowsOf } from './rows.ts';
import type { Gift, Share } from './rows.ts';

const NONE: ReadonlySet<string> = new Set();

/** A floor is floating point, sums of items whole numbers: what is above a whole number by less than this may be that number. */
const HAIR = 0.05;

/**
 * What completing a credential costs at least, without looking at agreements one by one: for each row the best price that anybody pays for it
 * with nothing held, and of each row only what nothing held could fill. Far below the truth, and there for a thousand credentials at once.
 */
export class Floor {
  static readonly #known = new WeakMap<Compiled, Floor>();
  readonly #tree: RowCosts;
  readonly #prices: Readonly<Record<Objective, Float64Array>>;
  readonly #sharesOf = new Map<number, Share[]>();
  readonly #costs: Float64Array;
  readonly #isKnown: boolean;

  /** The same for as long as the credential is compiled. */
  static of(graph: Graph, compiled: Compiled): Floor {
    let floor = Floor.#known.get(compiled);
    if (!floor) Floor.#known.set(compiled, (floor = new Floor(graph, compiled)));
    return floor;
  }

  private constructor(graph: Graph, compiled: Compiled) {
    const rows = rowsOf(compiled, NONE);
    this.#tree = new RowCosts(rows.root);
    this.#costs = new Float64Array(rows.count);
    this.#prices = { COST: infinite(rows.count), HOURS: infinite(rows.count), COUNT: infinite(rows.count), TERMS: infinite(rows.count) };
    // A branch depends on what is declared: nothing is said of it here.
    this.#isKnown = !branches(compiled.tree.root);
    for (const { edge, placesOfGrant } of compiled.providers.values()) {
      const gifts = edge.agreement.grants.map((grant, index) =>
        giftOf({ ...grant, issuer: edge.agreement.sender, resident: false, places: placesOfGrant[index]! }, compiled, rows),
      );
      this.#read(graph, edge.units, gifts, compiled.maxUses);
    }
    for (const { microCredential, unit, places } of compiled.directs.values())
      this.#read(graph, [unit], [giftOf({ ...microCredential, resident: false, places }, compiled, rows)], compiled.maxUses);
  }

  /** No plan has less of the objective, which is a whole number. Infinity: there is none. */
  least({ byUnit }: Standing, objective: Objective): number {
    if (!this.#isKnown) return 0;
    const lacking = this.#costs.fill(1);
    for (const unit of byUnit.keys()) for (const { row, amount } of this.#sharesOf.get(unit) ?? []) lacking[row]! -= amount;
    for (let row = 0; row < lacking.length; row += 1) lacking[row] = lacking[row]! > 1e-9 ? lacking[row]! * this.#prices[objective][row]! : 0;
    return Math.max(0, Math.ceil(this.#tree.cheapest(lacking) - HAIR));
  }

  /** What a source costs is shared by all that it could fill at once, so that no row is charged for another. */
  #read(graph: Graph, units: readonly number[], gifts: readonly Gift[], maxUses: number): void {
    const costs = objectives.map((objective) => ({ prices: this.#prices[objective], cost: leastCost(graph, units, objective) }));
    const giving = gifts.filter(({ atPlace }) => atPlace.length > 0).length;
    for (const shares of gifts.flatMap(({ atPlace }) => atPlace))
      for (const share of shares) {
        if (share.amount <= 0) continue;
        const parts = giving * maxUses * shares.length * share.amount;
        for (const { prices, cost } of costs) prices[share.row] = Math.min(prices[share.row]!, cost / parts);
        for (const unit of units) this.#sharesOf.set(unit, [...(this.#sharesOf.get(unit) ?? []), share]);
      }
  }
}

const infinite = (length: number): Float64Array => new Float64Array(length).fill(Infinity);

const leastCost = (graph: Graph, units: readonly number[], objective: Objective): number =>
  units.reduce((sum, unit) => sum + Math.min(...graph.membersOf(unit).map((one) => amountOf(one, objective))), 0);

function branches(node: Node): boolean {
  return node.kind === 'IF' || (node.kind === 'K_OF' && node.of.some(branches));
}
