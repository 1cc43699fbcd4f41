import { misfitsOf } from '../../agreements/fits.ts';
import { compareAgreements } from '../../agreements/order.ts';
import type { Standing } from '../../audit/situation.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Edge, Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { settledBefore } from './settled.ts';
import type { Settled } from './settled.ts';

/** One unit that a source begins from, and how it can be there. */
export interface Thing {
  readonly unit: number;
  readonly held: boolean;
  /** Micro-credentials that would do if they were planned. */
  readonly options: readonly MicroCredential[];
}

/** An agreement that could apply once its lacking things are planned. */
export interface PossibleEdge {
  readonly edge: Edge;
  readonly things: readonly Thing[];
}

/** An agreement that could apply, with those that it gives nothing beside: they go before it, and have learning or a group in common with it. */
export interface Contender {
  readonly one: PossibleEdge;
  readonly before: readonly PossibleEdge[];
}

/** A micro-credential that could count itself. */
export interface PossibleDirect {
  readonly microCredential: MicroCredential;
  readonly unit: number;
  readonly things: readonly Thing[];
}

const NONE: readonly never[] = [];

/** What could fill a credential's places once something is planned. Agreements that another one beats in any case are not among it. */
export class Sources {
  readonly #graph: Graph;
  readonly #compiled: Compiled;
  readonly #standing: Standing;
  readonly #possible: (edge: Edge) => PossibleEdge | undefined;
  readonly #settled: Settled;
  readonly #rivalsBefore = new Map<Edge, readonly Edge[]>();
  readonly #directUnits: ReadonlySet<number>;
  readonly edges: readonly PossibleEdge[];
  readonly directs: readonly PossibleDirect[];

  constructor(graph: Graph, compiled: Compiled, standing: Standing, allowed: (one: MicroCredential) => boolean) {
    this.#graph = graph;
    this.#compiled = compiled;
    this.#standing = standing;
    const known = new Map<Edge, PossibleEdge | undefined>();
    this.#possible = (edge) => {
      if (!known.has(edge)) known.set(edge, possibleEdge(graph, edge, compiled, standing, allowed));
      return known.get(edge);
    };
    const providing = [...compiled.providers.values()].flatMap(({ edge }) => this.#possible(edge) ?? []);
    this.#settled = settledBefore(this.#withBeaters(providing).all, standing);
    const { beaten } = this.#settled;
    for (const edge of beaten) known.set(edge, undefined);
    this.edges = providing.filter(({ edge }) => !beaten.has(edge));
    this.directs = possibleDirects(compiled, standing, allowed);
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
    let rivals = this.#rivalsBefore.get(edge);
    if (!rivals) this.#rivalsBefore.set(edge, (rivals = this.#findRivalsBefore(edge)));
    return rivals.length === 0 ? NONE : rivals.flatMap((rival) => this.#possible(rival) ?? []);
  }

  #findRivalsBefore(edge: Edge): readonly Edge[] {
    const { exclusiveGroup: group, receiver } = edge.agreement;
    if (group === undefined && edge.units.every((unit) => this.#compiled.edgesFrom(unit).length === 1)) return NONE;
    const found: Edge[] = [];
    const look = (rivals: readonly Edge[]): void => {
      for (const rival of rivals) if (rival !== edge && compareAgreements(rival, edge) < 0) found.push(rival);
    };
    for (const unit of edge.units) look(this.#compiled.edgesFrom(unit));
    if (group !== undefined) look(this.#graph.edgesOfGroup(receiver, group));
    return found;
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

/** What an agreement lacks and who could fill it; undefined when it cannot apply whatever is planned. */
function possibleEdge(
  graph: Graph,
  edge: Edge,
  { credential }: Compiled,
  standing: Standing,
  allowed: (one: MicroCredential) => boolean,
): PossibleEdge | undefined {
  const { agreement, unitOf } = edge;
  if (agreement.kind === 'INDIVIDUAL_ASSESSMENT') return undefined;
  if (agreement.programScope && !agreement.programScope.includes(credential.id)) return undefined;
  if (agreement.conditions?.some(({ declares }) => !standing.declares.has(declares))) return undefined;
  const things: Thing[] = [];
  for (const [index, thing] of agreement.from.entries()) {
    const unit = unitOf[index]!;
    const completions = standing.byUnit.get(unit);
    const held = completions?.some((completion) => misfitsOf(agreement, thing, completion, standing.asOf).length === 0) ?? false;
    const planned = { microCredential: thing.microCredential, completedOn: standing.asOf, planned: true };
    const fitsPlanned = !held && misfitsOf(agreement, thing, planned, standing.asOf).length === 0;
    const options = fitsPlanned ? graph.membersOf(unit).filter(allowed) : NONE;
    if (!held && options.length === 0) return undefined;
    // Twins among what is asked for are one unit: one of them does for all.
    const known = things.findIndex((one) => one.unit === unit);
    if (known < 0) things.push({ unit, held, options });
    else if (!held) things[known] = { unit, held, options };
  }
  return { edge, things };
}

function possibleDirects({ directs, tree }: Compiled, standing: Standing, allowed: (one: MicroCredential) => boolean): PossibleDirect[] {
  return [...directs.values()].flatMap(({ microCredential, unit, places }) => {
    const completions = standing.direct.get(microCredential.id);
    // What is held may have too low a grade for a CRED, or be too old.
    const refused = places.some((place) => tree.places[place]!.kind === 'CRED');
    const options = allowed(microCredential) && (!completions || refused) ? [microCredential] : [];
    if (!completions && options.length === 0) return [];
    return [{ microCredential, unit, things: [{ unit, held: completions !== undefined, options }] }];
  });
}
