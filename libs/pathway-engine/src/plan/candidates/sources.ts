import { compareAgreements } from '../../agreements/order.ts';
import type { Standing } from '../../audit/situation.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Edge, Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { possibleDirects, possibleEdges } from './possible.ts';
import type { PossibleDirect, PossibleEdge } from './possible.ts';
import { settledBefore } from './settled.ts';
import type { Settled } from './settled.ts';

/** An agreement that could apply, with those that it gives nothing beside: they go before it, and have learning or a group in common with it. */
export interface Contender {
  readonly one: PossibleEdge;
  readonly before: readonly PossibleEdge[];
}

const NONE: readonly never[] = [];

/** What could fill a credential's places once something is planned. Agreements that another one beats in any case are not among it. */
export class Sources {
  readonly #compiled: Compiled;
  readonly #standing: Standing;
  #possible: (edge: Edge) => PossibleEdge | undefined;
  readonly #settled: Settled;
  readonly #directUnits: ReadonlySet<number>;
  readonly edges: readonly PossibleEdge[];
  readonly directs: readonly PossibleDirect[];

  constructor(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms) {
    this.#compiled = compiled;
    this.#standing = standing;
    const possible = possibleEdges(graph, compiled, standing, terms);
    this.#possible = possible;
    const providing = [...compiled.providers.values()].flatMap(({ edge }) => possible(edge) ?? []);
    this.#settled = settledBefore(this.#withBeaters(providing).all, compiled, standing);
    const { beaten } = this.#settled;
    this.#possible = (edge) => (beaten.has(edge) ? undefined : possible(edge));
    this.edges = providing.filter(({ edge }) => !beaten.has(edge));
    this.directs = possibleDirects(compiled, standing, terms);
    this.#directUnits = new Set(this.directs.map(({ unit }) => unit));
  }

  /** Agreements, and those that could beat what beats one of them: these may have to be planned too, so that none is overlooked. */
  withDefenders(wanted: readonly PossibleEdge[]): readonly PossibleEdge[] {
    return this.#withBeaters(wanted).friends;
  }

  /** Agreements with all that could beat them, what could beat that, and so on, in the published order; each with those that go before it. */
  contest(wanted: readonly PossibleEdge[]): readonly Contender[] {
    const all = [...this.#withBeaters(wanted).all].sort((a, b) => compareAgreements(a.edge, b.edge));
    return all.map((one) => ({ one, before: this.#beatersOf(one.edge) }));
  }

  /** Whether nothing else that could count has anything in common with an agreement. */
  isUnrivalled(edge: Edge): boolean {
    const alone = (unit: number): boolean =>
      this.#settled.certainOf.get(unit) === edge || this.#compiled.edgesFrom(unit).every((other) => other === edge || !this.#possible(other));
    return edge.agreement.exclusiveGroup === undefined && edge.units.every((unit) => !this.#directUnits.has(unit) && alone(unit));
  }

  /** Whether no agreement that could apply begins from a unit. */
  isUnnamed(unit: number): boolean {
    return !this.#compiled.edgesFrom(unit).some((edge) => this.#possible(edge));
  }

  /** Whether a usable completion of a unit is held, fit for anything or not. */
  isHeld(unit: number): boolean {
    return this.#standing.byUnit.has(unit);
  }

  #beatersOf(edge: Edge): readonly PossibleEdge[] {
    const rivals = this.#compiled.rivalsBefore(edge);
    return rivals.length === 0 ? NONE : rivals.flatMap((rival) => this.#possible(rival) ?? []);
  }

  /** What could beat these, what could beat that, and so on: a friend is beaten by foes, a foe by friends. */
  #withBeaters(wanted: readonly PossibleEdge[]): { friends: readonly PossibleEdge[]; all: ReadonlySet<PossibleEdge> } {
    const friends = new Set(wanted);
    const foes = new Set<PossibleEdge>();
    const queue = wanted.map((one) => ({ one, beatenBy: foes }));
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { one, beatenBy } = next;
      for (const rival of this.#beatersOf(one.edge)) {
        if (beatenBy.has(rival)) continue;
        beatenBy.add(rival);
        queue.push({ one: rival, beatenBy: beatenBy === foes ? friends : foes });
      }
    }
    return { friends: [...friends], all: new Set([...friends, ...foes]) };
  }
}
