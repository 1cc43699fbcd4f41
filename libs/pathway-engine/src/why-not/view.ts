import { auditStanding } from '../audit/audit.ts';
import type { Board } from '../audit/board.ts';
import type { Piece } from '../audit/pieces.ts';
import { standingOf } from '../audit/situation.ts';
import type { Standing } from '../audit/situation.ts';
import { capIndex, isHeld, limitValue, qualifies } from '../audit/tally.ts';
import { applyingOf, settle } from '../audit/winners.ts';
import type { Loser } from '../audit/winners.ts';
import type { Limit } from '../facts/credential.ts';
import { requirementsOf } from '../facts-check/tree.ts';
import { Graph } from '../graph/graph.ts';
import type { Edge } from '../graph/graph.ts';
import { compile } from '../requirement/compiled.ts';
import type { Compiled } from '../requirement/compiled.ts';
import { edgesFrom } from './ask.ts';
import type { Ask } from './ask.ts';
import type { World } from './fix.ts';

/** A piece at a place of the shown assignment. */
export interface Placed {
  readonly piece: Piece;
  readonly place: number;
}

/** A credential in a world, with the shown assignment: that of the audit, and after it whatever can still be put without harm. */
export interface Shown {
  readonly compiled: Compiled;
  readonly board: Board;
  readonly placed: readonly Placed[];
  /** The places that were asked about; all of them where none was named, and none where a limit was. */
  readonly places: ReadonlySet<number>;
  readonly limit: Limit | undefined;
  /** Below this grade a piece is left out, so as not to lower an average that is reached. */
  readonly leastGrade: number | undefined;
}

/** A world as one question sees it. */
export interface View {
  readonly ask: Ask;
  readonly world: World;
  readonly graph: Graph;
  readonly standing: Standing;
  readonly unit: number;
  readonly won: ReadonlySet<Edge>;
  readonly lost: ReadonlyMap<Edge, Loser>;
  readonly shown: Shown | undefined;
}

export function viewOf(world: World, ask: Ask): View {
  const graph = Graph.of(world.facts);
  const standing = standingOf(graph, world.situation);
  const { winners, losers } = settle(
    [...graph.edges.values()].flatMap((edge) => {
      const best = edge.agreement.receiver === ask.receiver ? applyingOf(edge, standing, ask.target.credential) : undefined;
      return best ? [{ edge, best }] : [];
    }),
  );
  const won = new Set(winners.map(({ edge }) => edge));
  const lost = new Map(losers.map((loser) => [loser.edge, loser]));
  return { ask, world, graph, standing, unit: graph.unit(ask.microCredential), won, lost, shown: shownIn(graph, standing, ask) };
}

/** The same world as another question of the same target sees it. */
export const viewFor = (view: View, microCredential: string): View => ({
  ...view,
  ask: { ...view.ask, microCredential },
  unit: view.graph.unit(microCredential),
});

function shownIn(graph: Graph, standing: Standing, { target }: Ask): Shown | undefined {
  if (target.credential === undefined) return undefined;
  const compiled = compile(graph, graph.credentialOn(target.credential, standing.asOf)!);
  const { verdict, board } = auditStanding(graph, compiled, standing);
  const average = compiled.limits.find((one) => one.limit === 'GPA');
  const leastGrade = verdict === 'INCOMPLETE' || !average ? undefined : average.min;
  for (;;) {
    const open = board.openPairs().filter((pair) => isHarmless(board.pieceAt(pair), leastGrade));
    if (open.length === 0) break;
    board.put(open.reduce((best, pair) => (board.freedomOf(pair) < board.freedomOf(best) ? pair : best)));
  }
  const limit = compiled.limits.find(({ id }) => id === target.place);
  return { compiled, board, placed: board.placed(), places: placesAsked(compiled, limit ? undefined : target.place), limit, leastGrade };
}

export const isHarmless = ({ grade }: Piece, leastGrade: number | undefined): boolean => leastGrade === undefined || grade === undefined || grade >= leastGrade;

/** A place that is asked about stands for everything within it. */
function placesAsked({ credential, tree }: Compiled, asked: string | undefined): ReadonlySet<number> {
  if (asked === undefined) return new Set(tree.places.keys());
  const ids = new Set([asked]);
  for (const one of requirementsOf(credential.requirement))
    if (one.id === asked)
      for (const within of requirementsOf(one)) {
        ids.add(within.id);
        if (within.node === 'SECTIONS') for (const { id } of within.of) ids.add(id);
      }
  return new Set([...tree.places.keys()].filter((index) => ids.has(tree.places[index]!.id)));
}

/** Whether the micro-credential that is asked about is recognised: the definition of the README. */
export function isRecognised(view: View): boolean {
  const { ask, graph, standing, unit, won, shown } = view;
  if (!shown) {
    const isOwn = graph.microCredentials.get(ask.microCredential)?.issuer === ask.receiver && standing.direct.has(ask.microCredential);
    return isOwn || edgesFrom(graph, unit, ask.receiver).some((edge) => won.has(edge) && edge.agreement.kind !== 'NO_CREDIT');
  }
  const own = shown.placed.filter(({ piece }) => piece.units.includes(unit));
  if (shown.limit) return countsForLimit(view, shown, shown.limit, own);
  return own.some((one) => shown.places.has(one.place) && lessens(view, one) === undefined);
}

/** A limit that is held leaves nothing to ask, except of a CAP whether the credit was lost to it. */
function countsForLimit(view: View, shown: Shown, limit: Limit, own: readonly Placed[]): boolean {
  if (limit.limit === 'GPA') return isHeldIn(shown, limit) || own.some(({ piece }) => piece.grade !== undefined && piece.grade >= limit.min);
  if (limit.limit === 'CAP') return own.length > 0 && own.every(({ piece }) => piece.bucket !== limit.bucket || !isBucketFull(shown, piece));
  return isHeldIn(shown, limit) || own.some(({ piece }) => qualifies(limit, piece) && !isBucketFull(shown, piece, limit) && piece.credits > 0);
}

export const isHeldIn = (shown: Shown, limit: Limit): boolean => isHeld(limit, haveOf(shown, limit));

/** How much of a limit there is. */
export const haveOf = ({ compiled, placed }: Shown, limit: Limit): number => limitValue(limit, compiled.limits, [...new Set(placed.map(({ piece }) => piece))]);

/** The CAP of a piece's bucket, where the other pieces fill it; with a limit, those that count for it. */
export function isBucketFull({ compiled, placed }: Shown, piece: Piece, limit?: Limit): boolean {
  const cap = compiled.limits.find((one) => one.limit === 'CAP' && one.bucket === piece.bucket);
  if (cap?.limit !== 'CAP') return false;
  const others = new Set(placed.map((one) => one.piece).filter((one) => one !== piece && one.bucket === cap.bucket && (!limit || qualifies(limit, one))));
  return [...others].reduce((sum, { credits }) => sum + credits, 0) >= cap.max;
}

/** Why a piece that is placed adds nothing there: it carries no credit where credit is asked for, or an AT_MOST is full without it. */
export function lessens(
  { graph, shown }: Pick<View, 'graph' | 'shown'>,
  { piece, place }: Placed,
): { readonly nonCredit: true } | { readonly capIndex: number; readonly have: number } | undefined {
  const { compiled, placed } = shown!;
  const at = compiled.tree.places[place]!;
  if (at.kind !== 'CREDITS' && at.kind !== 'COUNT') return undefined;
  if (at.kind === 'CREDITS' && piece.credits === 0) return { nonCredit: true };
  const index = capIndex(graph, at, piece);
  if (index < 0) return undefined;
  const others = placed.filter((one) => one.place === place && one.piece !== piece && capIndex(graph, at, one.piece) === index);
  const have = at.kind === 'COUNT' ? others.length : others.reduce((sum, one) => sum + one.piece.credits, 0);
  return have >= at.caps[index]!.max ? { capIndex: index, have } : undefined;
}
