import type { PossibleEdge } from '../candidates/possible.ts';
import type { Contender } from '../candidates/sources.ts';
import { IN, LEFT_OUT } from './decisions.ts';

const WINS = 1;
const PERHAPS = 0;
const LOSES = -1;

interface Rival {
  /** For each lacking thing the items that would do. */
  readonly lacks: readonly (readonly number[])[];
  /** Places of those that go before it. */
  readonly before: readonly number[];
}

/** Which agreements win, as far as it follows from what is decided: the order is gone through once, as when everything is decided. */
export class Rivalry {
  /** In the published order. */
  readonly #rivals: readonly Rival[];
  readonly #standing: Int8Array;
  /** For each source its place in the order. */
  readonly #placeOf: readonly number[];

  /** @param edges the agreements that are sources, in the order of the sources. */
  constructor(contest: readonly Contender[], edges: readonly PossibleEdge[], indexOf: ReadonlyMap<string, number>) {
    const placeOf = new Map(contest.map(({ one }, place) => [one, place]));
    this.#rivals = contest.map(({ one: { things }, before }) => ({
      // What is not among the items is in no plan.
      lacks: things.filter(({ held }) => !held).map(({ options }) => options.flatMap(({ id }) => indexOf.get(id) ?? [])),
      before: before.map((rival) => placeOf.get(rival)!),
    }));
    this.#standing = new Int8Array(contest.length);
    this.#placeOf = edges.map((edge) => placeOf.get(edge)!);
  }

  /** Looks at what is decided; `isLost` answers for that. */
  read(state: Int8Array): void {
    const standing = this.#standing;
    for (let place = 0; place < standing.length; place += 1) {
      const { lacks, before } = this.#rivals[place]!;
      let found = applies(lacks, state);
      for (let index = 0; index < before.length && found !== LOSES; index += 1) {
        const rival = standing[before[index]!]!;
        if (rival === WINS) found = LOSES;
        else if (rival === PERHAPS) found = PERHAPS;
      }
      standing[place] = found;
    }
  }

  /** Whether a source gives nothing, whatever is decided of the rest. */
  isLost(source: number): boolean {
    const place = this.#placeOf[source];
    return place !== undefined && this.#standing[place] === LOSES;
  }
}

function applies(lacks: Rival['lacks'], state: Int8Array): number {
  let found = WINS;
  for (const options of lacks) {
    let of = LOSES;
    for (const option of options) {
      if (state[option] === IN) of = WINS;
      else if (state[option] !== LEFT_OUT && of === LOSES) of = PERHAPS;
    }
    if (of < found) found = of;
  }
  return found;
}
