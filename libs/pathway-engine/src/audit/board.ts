import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Piece } from './pieces.ts';
import { capIndex, isHeld, isMet, limitValue, valueOf } from './tally.ts';

const OPEN = 0;
const PUT = 1;
const OUT = -1;

/** Counting either only what was put, or also what still could be. */
export type View = 'PUT' | 'POSSIBLE';

/**
 * Pieces on their way to places. Each pair of a piece and a place that fit is open, put or out; putting one takes out what it excludes.
 * Changes can be taken back to a mark.
 */
export class Board {
  readonly pieces: readonly Piece[];
  readonly compiled: Compiled;
  readonly #pieceOf: number[] = [];
  readonly #placeOf: number[] = [];
  readonly #state: Int8Array;
  readonly #pairsOfPiece: number[][];
  readonly pairsOfPlace: number[][];
  readonly #piecesOfUnit = new Map<number, number[]>();
  readonly #capOfPair: number[] = [];
  readonly #usesOf: Int32Array;
  readonly #trail: number[] = [];
  readonly #placesOfId: ReadonlyMap<string, readonly number[]>;
  readonly #excluded: (readonly number[] | undefined)[] = [];
  readonly #declares: ReadonlySet<string>;

  constructor(graph: Graph, compiled: Compiled, pieces: readonly Piece[], declares: ReadonlySet<string>) {
    this.compiled = compiled;
    this.pieces = pieces;
    this.#declares = declares;
    const { places } = compiled.tree;
    this.pairsOfPlace = places.map(() => []);
    this.#placesOfId = Map.groupBy(places.keys(), (place) => places[place]!.id);
    this.#pairsOfPiece = pieces.map(() => []);
    this.#usesOf = new Int32Array(pieces.length);
    for (const [index, piece] of pieces.entries()) {
      for (const place of piece.places) {
        const pair = this.#pieceOf.push(index) - 1;
        this.#placeOf.push(place);
        this.#capOfPair.push(capIndex(graph, places[place]!, piece));
        this.#pairsOfPiece[index]!.push(pair);
        this.pairsOfPlace[place]!.push(pair);
      }
      for (const unit of piece.units) this.#piecesOfUnit.set(unit, [...(this.#piecesOfUnit.get(unit) ?? []), index]);
    }
    this.#state = new Int8Array(this.#pieceOf.length);
  }

  /** How many pairs of a piece and a place there are, open or not. */
  get pairCount(): number {
    return this.#pieceOf.length;
  }

  get mark(): number {
    return this.#trail.length;
  }

  backTo(mark: number): void {
    while (this.#trail.length > mark) {
      const pair = this.#trail.pop()!;
      if (this.#state[pair] === PUT) this.#usesOf[this.#pieceOf[pair]!]! -= 1;
      this.#state[pair] = OPEN;
    }
  }

  isOpen(pair: number): boolean {
    return this.#state[pair] === OPEN;
  }

  pieceAt(pair: number): Piece {
    return this.pieces[this.#pieceOf[pair]!]!;
  }

  /** How many places are still open to the piece of a pair. */
  freedomOf(pair: number): number {
    return this.#pairsOfPiece[this.#pieceOf[pair]!]!.reduce((open, other) => open + (this.#state[other] === OPEN ? 1 : 0), 0);
  }

  openPairs(): number[] {
    return this.#pieceOf.flatMap((_, pair) => (this.#state[pair] === OPEN ? [pair] : []));
  }

  takeOut(pair: number): void {
    if (this.#state[pair] === OPEN) this.#set(pair, OUT);
  }

  /** Puts a piece at a place, and takes out what cannot be beside it. */
  put(pair: number): void {
    const [piece, place] = [this.#pieceOf[pair]!, this.#placeOf[pair]!];
    this.#set(pair, PUT);
    this.#usesOf[piece]! += 1;
    for (const other of this.#excludedAt(place)) this.takeOut(other);
    this.#limitUses(piece, place);
    const { source, units } = this.pieces[piece]!;
    for (const unit of units)
      for (const rival of this.#piecesOfUnit.get(unit)!)
        if (this.pieces[rival]!.source !== source) for (const other of this.#pairsOfPiece[rival]!) this.takeOut(other);
  }

  /** Alone with its place: nothing else wants the piece, its learning or the place, so that putting it costs nothing. */
  isUncontested(pair: number): boolean {
    const [piece, place] = [this.#pieceOf[pair]!, this.#placeOf[pair]!];
    const { source, units } = this.pieces[piece]!;
    return (
      this.#pairsOfPiece[piece]!.length === 1 &&
      this.#excludedAt(place).every((other) => other === pair) &&
      units.every((unit) => this.#piecesOfUnit.get(unit)!.every((rival) => this.pieces[rival]!.source === source))
    );
  }

  /** Pieces that could change places with the one of a pair without any difference. */
  twinsOf(pair: number): number[] {
    const piece = this.#pieceOf[pair]!;
    const same = this.#signature(piece);
    if (same === undefined) return [];
    return this.pairsOfPlace[this.#placeOf[pair]!]!.filter(
      (other) => other !== pair && this.#state[other] === OPEN && this.#signature(this.#pieceOf[other]!) === same,
    );
  }

  values(view: View): Float64Array {
    const { places } = this.compiled.tree;
    const values = new Float64Array(places.length);
    for (let index = 0; index < values.length; index += 1) {
      const pieces: Piece[] = [];
      const capOf: number[] = [];
      for (const pair of this.pairsOfPlace[index]!) {
        if (!this.#counts(pair, view)) continue;
        pieces.push(this.pieceAt(pair));
        capOf.push(this.#capOfPair[pair]!);
      }
      if (pieces.length > 0) values[index] = valueOf(places[index]!, pieces, capOf);
    }
    return values;
  }

  rootMet(values: ArrayLike<number>, manualCounts: boolean): boolean {
    return isMet(this.compiled.tree.root, values, this.#declares, manualCounts);
  }

  /** Ids of the limits that do not hold. What could still be put may leave out what harms an average. */
  limitsShort(view: View): string[] {
    const { limits } = this.compiled;
    if (limits.length === 0) return [];
    const put = this.pieces.filter((_, index) => this.#usesOf[index]! > 0);
    const open = view === 'PUT' ? [] : this.pieces.filter((_, index) => this.#usesOf[index] === 0 && this.#pairsOfPiece[index]!.some((p) => this.isOpen(p)));
    return limits.flatMap((limit) => {
      const helping = limit.limit === 'GPA' ? open.filter(({ grade }) => grade !== undefined && grade > limit.min) : open;
      return isHeld(limit, limitValue(limit, limits, [...put, ...helping])) ? [] : [limit.id];
    });
  }

  /** Every pair that was put. */
  placed(): { piece: Piece; place: number }[] {
    return this.#pieceOf.flatMap((piece, pair) => (this.#state[pair] === PUT ? [{ piece: this.pieces[piece]!, place: this.#placeOf[pair]! }] : []));
  }

  #set(pair: number, state: number): void {
    this.#state[pair] = state;
    this.#trail.push(pair);
  }

  #counts(pair: number, view: View): boolean {
    return this.#state[pair] === PUT || (view === 'POSSIBLE' && this.#state[pair] === OPEN);
  }

  /** Pairs that cannot be put beside one at this place: a course has one piece, and a waiver stands for its whole requirement. */
  #excludedAt(place: number): readonly number[] {
    return (this.#excluded[place] ??= this.#findExcluded(place));
  }

  #findExcluded(place: number): readonly number[] {
    const { places } = this.compiled.tree;
    const { id, kind } = places[place]!;
    const beside = this.#placesOfId.get(id)!.filter((other) => other !== place && (kind === 'WAIVER') !== (places[other]!.kind === 'WAIVER'));
    const own = kind === 'COURSE' || kind === 'CRED' || kind === 'WAIVER' ? [place] : [];
    return [...own, ...beside].flatMap((index) => this.pairsOfPlace[index]!);
  }

  #limitUses(piece: number, place: number): void {
    const { maxUses, together, tree } = this.compiled;
    for (const other of this.#pairsOfPiece[piece]!) {
      if (this.#state[other] !== OPEN) continue;
      const allowed = this.#usesOf[piece]! < maxUses && (!together || together.has(place * tree.places.length + this.#placeOf[other]!));
      if (!allowed) this.takeOut(other);
    }
  }

  /** Text that is the same for pieces without any difference now; undefined for one that is put somewhere or has rivals. */
  #signature(index: number): string | undefined {
    const piece = this.pieces[index]!;
    if (this.#usesOf[index]! > 0) return undefined;
    if (piece.units.some((unit) => this.#piecesOfUnit.get(unit)!.length > 1)) return undefined;
    const open = this.#pairsOfPiece[index]!.filter((pair) => this.isOpen(pair)).map((pair) => `${this.#placeOf[pair]}:${this.#capOfPair[pair]}`);
    const { credits, subject, level, areas, grade, term, resident, bucket } = piece;
    return JSON.stringify([open, credits, subject, level, areas, grade, term, resident, bucket]);
  }
}
