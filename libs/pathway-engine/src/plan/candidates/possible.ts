import { misfitsOf } from '../../agreements/fits.ts';
import type { Standing } from '../../audit/situation.ts';
import type { Day } from '../../facts/day.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Edge, Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { isAllowed, isFiltered } from './allowed.ts';

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

/** A micro-credential that could count itself. */
export interface PossibleDirect {
  readonly microCredential: MicroCredential;
  readonly unit: number;
  readonly things: readonly Thing[];
}

const NONE: readonly never[] = [];

/** What each agreement lacks and who could fill it; undefined for one that cannot apply whatever is planned. */
export function possibleEdges(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms): (edge: Edge) => PossibleEdge | undefined {
  const allowed = (one: MicroCredential): boolean => isAllowed(one, terms, standing.asOf);
  const forEverybody = isFiltered(terms) ? undefined : knownFor(compiled, standing.asOf);
  const forThisOne = new Map<Edge, PossibleEdge | undefined>();
  return (edge) => {
    const isTouched = edge.unitOf.some((unit) => standing.byUnit.has(unit)) || edge.agreement.conditions !== undefined;
    const known = isTouched ? forThisOne : (forEverybody ?? forThisOne);
    if (!known.has(edge)) known.set(edge, possibleEdge(graph, edge, compiled, standing, allowed));
    return known.get(edge);
  };
}

interface Known {
  readonly asOf: Day;
  readonly possible: Map<Edge, PossibleEdge | undefined>;
}

/** Of most agreements nobody holds anything, and most questions are of the same day: what they lack is worked out once while the credential stays compiled. */
const known = new WeakMap<Compiled, Known>();

function knownFor(compiled: Compiled, asOf: Day): Map<Edge, PossibleEdge | undefined> {
  let found = known.get(compiled);
  if (found?.asOf !== asOf) known.set(compiled, (found = { asOf, possible: new Map() }));
  return found.possible;
}

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

/** The micro-credentials that could count themselves, held or planned. */
export function possibleDirects({ directs, tree }: Compiled, standing: Standing, terms: PlanTerms): PossibleDirect[] {
  return [...directs.values()].flatMap(({ microCredential, unit, places }) => {
    const completions = standing.direct.get(microCredential.id);
    // What is held may have too low a grade for a CRED, or be too old.
    const refused = places.some((place) => tree.places[place]!.kind === 'CRED');
    const options = isAllowed(microCredential, terms, standing.asOf) && (!completions || refused) ? [microCredential] : [];
    if (!completions && options.length === 0) return [];
    return [{ microCredential, unit, things: [{ unit, held: completions !== undefined, options }] }];
  });
}
