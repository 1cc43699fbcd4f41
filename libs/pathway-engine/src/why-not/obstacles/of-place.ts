import { isFresh } from '../../agreements/fits.ts';
import type { Piece } from '../../audit/pieces.ts';
import { requirementsOf } from '../../facts-check/tree.ts';
import type { Fix } from '../fix.ts';
import { gradesBelow, limitObstacles, nonCredit } from './of-limit.ts';
import type { Obstacle } from '../reason.ts';
import { isHarmless, lessens } from '../view.ts';
import type { Placed, Shown, View } from '../view.ts';

/** The places where a piece would be what was asked for; a limit asks for any place. */
export const wantedPlaces = ({ shown }: View): readonly number[] => {
  const { places, limit, compiled } = shown!;
  return limit ? [...compiled.tree.places.keys()] : [...places];
};

/**
 * Why no piece of a source is recognised, of the pair of piece and place that has the least in its way. Undefined when none of its pieces fits a
 * place that was asked about, or when nothing could be done about it.
 */
export function placeObstacles(view: View, isOfSource: (piece: Piece) => boolean): Obstacle[] | undefined {
  const shown = view.shown!;
  const wanted = new Set(wantedPlaces(view));
  let best: Obstacle[] | undefined;
  for (const piece of shown.board.pieces.filter(isOfSource))
    for (const place of piece.places) {
      if (!wanted.has(place)) continue;
      const isPlaced = shown.placed.some((one) => one.piece === piece && one.place === place);
      const found = isPlaced ? placedObstacles(view, { piece, place }) : blockers(view, piece, place);
      if (found && found.length > 0 && (!best || found.length < best.length)) best = found;
    }
  return best;
}

function placedObstacles(view: View, { piece, place }: Placed): Obstacle[] {
  const shown = view.shown!;
  if (shown.limit) return limitObstacles(view, shown.limit, piece);
  const less = lessens(view, { piece, place });
  if (!less) return [];
  if ('nonCredit' in less) return [nonCredit(view, piece)];
  const { compiled } = shown;
  const at = compiled.tree.places[place]!;
  if (at.kind !== 'CREDITS' && at.kind !== 'COUNT') return [];
  const limit = atMostAround(shown, at.id)[less.capIndex]!;
  const fix: Fix = { fix: 'LIMIT', credential: compiled.credential.id, limit, max: less.have + (at.kind === 'COUNT' ? 1 : piece.credits) };
  return [{ code: 'CAP_REACHED', bucket: limit, have: less.have, most: at.caps[less.capIndex]!.max, fix }];
}

/** Ids of the AT_MOST around a leaf, the innermost first. */
function atMostAround({ compiled }: Shown, leaf: string): string[] {
  for (const one of requirementsOf(compiled.credential.requirement)) {
    if (one.node !== 'AT_MOST') continue;
    const chain = [...requirementsOf(one)];
    if (chain.at(-1)!.id === leaf) return chain.slice(0, -1).map(({ id }) => id).reverse(); // prettier-ignore
  }
  return [];
}

/** Everything that keeps a piece from a place where it fits. */
function blockers(view: View, piece: Piece, place: number): Obstacle[] | undefined {
  const { placed, leastGrade } = view.shown!;
  if (!isHarmless(piece, leastGrade)) return gradesBelow(view, piece.units, leastGrade!);
  const rivals = placed.filter((one) => one.piece.source !== piece.source && one.piece.units.some((unit) => piece.units.includes(unit)));
  const occupants = placed.filter((one) => one.piece !== piece && excludes(view.shown!, one.place, place) && !rivals.includes(one));
  const obstacles: Obstacle[] = [];
  for (const rival of rivals) {
    const fix = removal(view, rival, piece) ?? apart(view, rival, piece);
    if (!fix) return undefined;
    obstacles.push({ code: 'ALREADY_COUNTED', place: idOf(view, rival.place), by: rival.piece.ref, fix });
  }
  for (const occupant of occupants) {
    const fix = removal(view, occupant, piece);
    if (!fix) return undefined;
    obstacles.push({ code: 'SLOT_ALREADY_FULL', place: idOf(view, place), by: occupant.piece.ref, fix });
  }
  const uses = placed.filter((one) => one.piece === piece);
  return obstacles.length === 0 && uses.length > 0 ? [usedElsewhere(view, uses, place)] : obstacles;
}

const idOf = (view: View, place: number): string => view.shown!.compiled.tree.places[place]!.id;

/** A COURSE, a CRED and a waived requirement have one piece. */
function excludes({ compiled: { tree } }: Shown, other: number, place: number): boolean {
  const [a, b] = [tree.places[other]!, tree.places[place]!];
  if (other === place) return a.kind === 'COURSE' || a.kind === 'CRED' || a.kind === 'WAIVER';
  return a.id === b.id && (a.kind === 'WAIVER') !== (b.kind === 'WAIVER');
}

/** Not holding what the other piece stands on, as far as ours does not need it. */
function removal({ graph, world }: View, { piece: other }: Placed, piece: Piece): Fix | undefined {
  const unit = other.units.find((one) => !piece.units.includes(one));
  if (unit === undefined) return undefined;
  const { held, planned = [] } = world.situation;
  const ids = [...held.map(({ microCredential }) => microCredential), ...planned].filter((id) => graph.unit(id) === unit);
  return { fix: 'REMOVE', microCredentials: [...new Set(ids)] };
}

/** Learning counts through one source only: the other place would have to go, or, where that is asked about itself, the agreement do without it. */
function apart(view: View, rival: Placed, piece: Piece): Fix | undefined {
  const { compiled } = view.shown!;
  const credential = compiled.credential.id;
  if (!wantedPlaces(view).includes(rival.place)) return { fix: 'DROP', credential, requirement: idOf(view, rival.place) };
  if (!('agreement' in piece.ref) || rival.piece.units.includes(view.unit)) return undefined;
  const edge = view.graph.edges.get(piece.ref.agreement)!;
  const from = edge.agreement.from.filter((_, index) => !rival.piece.units.includes(edge.unitOf[index]!));
  const kind = from.length < 2 && edge.agreement.kind === 'CLUSTER' ? 'ASSIGNED' : edge.agreement.kind;
  return { fix: 'AMEND', agreement: edge.agreement.id, to: { kind, from } };
}

function usedElsewhere(view: View, uses: readonly Placed[], place: number): Obstacle {
  const { compiled } = view.shown!;
  const here = idOf(view, place);
  const places = uses.map((one) => idOf(view, one.place));
  const fix: Fix = {
    fix: 'SHARE',
    credential: compiled.credential.id,
    maxUses: Math.max(compiled.maxUses, uses.length + 1),
    together: places.map((other) => [other, here] as const),
  };
  const isPlain = compiled.maxUses === 1;
  return isPlain
    ? { code: 'ALREADY_COUNTED', place: places[0]!, by: uses[0]!.piece.ref, fix }
    : { code: 'SHARE_LIMIT', maxUses: compiled.maxUses, places, fix };
}

/** Why a CRED that names the micro-credential does not take the completions that there are. */
export function credObstacles({ shown, standing, ask }: View, place: number): Obstacle[] {
  const at = shown!.compiled.tree.places[place]!;
  const completions = standing.direct.get(ask.microCredential) ?? [];
  if (at.kind !== 'CRED' || completions.length === 0) return [];
  const { microCredential } = ask;
  const best = completions.reduce((a, b) => ((b.grade ?? -1) > (a.grade ?? -1) ? b : a));
  const { minGrade = 0, maxAgeMonths } = at;
  const obstacles: Obstacle[] = [];
  if (at.minGrade !== undefined && !(best.grade !== undefined && best.grade >= minGrade))
    obstacles.push({ code: 'GRADE_BELOW_MIN', microCredential, have: best.grade, need: minGrade, fix: { fix: 'GRADE', microCredential, atLeast: minGrade } });
  if (!isFresh(best.completedOn, maxAgeMonths, standing.asOf))
    obstacles.push({ code: 'STALE_DATED', microCredential, months: maxAgeMonths!, fix: { fix: 'COMPLETE', microCredential, completedOn: standing.asOf } });
  return obstacles;
}
