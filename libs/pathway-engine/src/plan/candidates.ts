import { misfitsOf } from '../agreements/fits.ts';
import { compareAgreements } from '../agreements/order.ts';
import type { Standing } from '../audit/situation.ts';
import { isWithin } from '../facts/day.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Edge, Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';

/** One thing that a source begins from, and how it can be there. */
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

/** Everything that a plan could consist of, and what it would bring. */
export interface Candidates {
  readonly edges: readonly PossibleEdge[];
  readonly directs: readonly { readonly microCredential: MicroCredential; readonly thing: Thing }[];
  /** By id. */
  readonly items: readonly MicroCredential[];
}

/** Whether the terms of a question let a micro-credential into a plan. */
export function isAllowed(one: MicroCredential, terms: PlanTerms, asOf: number): boolean {
  const among = (asked: readonly string[] | undefined, value: string | undefined): boolean => !asked || (value !== undefined && asked.includes(value));
  return (
    isWithin(asOf, one.offeredFrom, one.offeredUntil) &&
    !terms.forbidden?.includes(one.id) &&
    among(terms.issuers, one.issuer) &&
    among(terms.deliveries, one.delivery) &&
    among(terms.regions, one.region)
  );
}

/**
 * Works backwards from the places of a credential: the agreements that could fill them, what these begin from, and the prerequisites of that.
 * An agreement that would be beaten needs the one that beats it beaten: those are followed too, so that no plan is overlooked.
 */
export function candidatesFor(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms): Candidates {
  const allowed = (one: MicroCredential): boolean => isAllowed(one, terms, standing.asOf);
  const known = new Map<Edge, PossibleEdge | undefined>();
  const possible = (edge: Edge): PossibleEdge | undefined => {
    if (!known.has(edge)) known.set(edge, possibleEdge(graph, edge, compiled, standing, allowed));
    return known.get(edge);
  };
  const wanted = [...compiled.providers.values()].flatMap(({ edge }) => possible(edge) ?? []);
  const items = new Map<string, MicroCredential>();
  for (const { things } of withDefenders(graph, compiled.credential.institution, wanted, possible)) addOptions(items, things);
  const directs = [...compiled.directs.values()].flatMap(({ microCredential, unit, places }) => {
    const completions = standing.direct.get(microCredential.id);
    const refused = places.some((place) => compiled.tree.places[place]!.kind === 'CRED');
    const options = allowed(microCredential) && (!completions || refused) ? [microCredential] : [];
    if (!completions && options.length === 0) return [];
    return [{ microCredential, thing: { unit, held: completions !== undefined, options } }];
  });
  for (const { thing } of directs) addOptions(items, [thing]);
  for (const id of terms.forced ?? []) {
    const one = graph.microCredentials.get(id);
    if (one && allowed(one)) items.set(id, one);
  }
  addPrerequisites(graph, standing, items, allowed);
  return { edges: wanted, directs, items: [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

function addOptions(items: Map<string, MicroCredential>, things: readonly Thing[]): void {
  for (const { options } of things) for (const option of options) items.set(option.id, option);
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
    const held = (standing.byUnit.get(unit) ?? []).some((completion) => misfitsOf(agreement, thing, completion, standing.asOf).length === 0);
    const planned = { microCredential: thing.microCredential, completedOn: standing.asOf, planned: true };
    const fitsPlanned = !held && misfitsOf(agreement, thing, planned, standing.asOf).length === 0;
    const options = fitsPlanned ? graph.membersOf(unit).filter(allowed) : [];
    if (!held && options.length === 0) return undefined;
    things.push({ unit, held, options });
  }
  return { edge, things };
}

/** The wanted agreements, and those that could beat what beats a wanted one. */
function withDefenders(
  graph: Graph,
  receiver: string,
  wanted: readonly PossibleEdge[],
  possible: (edge: Edge) => PossibleEdge | undefined,
): readonly PossibleEdge[] {
  const friends = new Map(wanted.map((one) => [one.edge, one]));
  const foes = new Set<Edge>();
  const beaters = (edge: Edge): Edge[] => {
    const group = edge.agreement.exclusiveGroup;
    const rivals = [...edge.units.flatMap((unit) => graph.edgesOf(unit)), ...(group === undefined ? [] : graph.edgesOfGroup(receiver, group))];
    return rivals.filter((rival) => rival !== edge && rival.agreement.receiver === receiver && compareAgreements(rival, edge) < 0 && possible(rival));
  };
  const queue: { edge: Edge; friend: boolean }[] = wanted.map(({ edge }) => ({ edge, friend: true }));
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const rival of beaters(next.edge)) {
      if (next.friend && !foes.has(rival)) {
        foes.add(rival);
        queue.push({ edge: rival, friend: false });
      } else if (!next.friend && !friends.has(rival)) {
        friends.set(rival, possible(rival)!);
        queue.push({ edge: rival, friend: true });
      }
    }
  }
  return [...friends.values()];
}

function addPrerequisites(graph: Graph, standing: Standing, items: Map<string, MicroCredential>, allowed: (one: MicroCredential) => boolean): void {
  const queue = [...items.values()];
  for (let one = queue.pop(); one; one = queue.pop())
    for (const group of one.prerequisites ?? [])
      if (!group.some((id) => standing.byUnit.has(graph.unit(id))))
        for (const option of group.flatMap((id) => graph.membersOf(graph.unit(id))))
          if (allowed(option) && !items.has(option.id)) {
            items.set(option.id, option);
            queue.push(option);
          }
}
