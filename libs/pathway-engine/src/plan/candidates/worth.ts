import type { Piece } from '../../audit/pieces.ts';
import { capIndex, distinctValues, limitNeed, qualifies } from '../../audit/tally.ts';
import type { Limit } from '../../facts/credential.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Edge, Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Place } from '../../requirement/places.ts';

/** What a piece does at one place. */
export interface Use {
  /** How much it adds there; what adds nothing may still count for limits. */
  readonly worth: number;
  /** The AT_MOST that takes it, or -1. */
  readonly cap: number;
  /** The different values that it adds to a DISTINCT. */
  readonly values: readonly (string | number)[];
}

/** What a piece does for a credential. */
export interface Worth {
  readonly uses: ReadonlyMap<number, Use>;
  /** What it adds to each limit that asks for something. */
  readonly toLimits: readonly number[];
  /** The same for pieces between which there is no difference. */
  readonly sort: string;
}

/** What each piece does for a credential, whoever asks: worked out once for as long as the credential stays compiled. */
export function worthsOf(graph: Graph, compiled: Compiled): Worths {
  let worths = known.get(compiled);
  if (!worths) known.set(compiled, (worths = new Worths(graph, compiled)));
  return worths;
}

const known = new WeakMap<Compiled, Worths>();

class Worths {
  readonly #graph: Graph;
  readonly #compiled: Compiled;
  readonly #hasCaps: boolean;
  readonly #asking: readonly Limit[];
  readonly #of = new Map<Edge | MicroCredential, Worth>();
  readonly #byLikeness = new Map<string, Worth>();

  constructor(graph: Graph, compiled: Compiled) {
    this.#graph = graph;
    this.#compiled = compiled;
    this.#hasCaps = compiled.tree.places.some((place) => 'caps' in place && place.caps.length > 0);
    this.#asking = compiled.limits.filter((limit) => limitNeed(limit) > 0 && limit.limit !== 'GPA');
  }

  /** Of the one grant of an agreement that fits somewhere. */
  ofGrant(edge: Edge, grant: number): Worth {
    return this.#remembered(edge, () => {
      const { agreement, units } = edge;
      const { credential, providers } = this.#compiled;
      const resident = agreement.sender === credential.institution && agreement.kind !== 'PLAR';
      const own = { ref: { agreement: agreement.id, grant }, source: agreement.id, units, issuer: agreement.sender, resident };
      return { ...agreement.grants[grant]!, ...own, places: providers.get(agreement.id)!.placesOfGrant[grant]! };
    });
  }

  /** Of a micro-credential that counts itself. */
  ofMicroCredential(one: MicroCredential): Worth {
    return this.#remembered(one, () => {
      const { credential, directs } = this.#compiled;
      const { unit, places } = directs.get(one.id)!;
      return { ...one, ref: { microCredential: one.id }, source: one.id, units: [unit], resident: one.issuer === credential.institution, places };
    });
  }

  #remembered(of: Edge | MicroCredential, pieceOf: () => Piece): Worth {
    let worth = this.#of.get(of);
    if (!worth) this.#of.set(of, (worth = this.#worthOf(pieceOf())));
    return worth;
  }

  /** Most pieces are like others in everything that matters here. */
  #worthOf(piece: Piece): Worth {
    const key = likeness(piece, this.#hasCaps);
    let worth = this.#byLikeness.get(key);
    if (!worth) {
      const { places } = this.#compiled.tree;
      const uses = new Map(piece.places.map((place) => [place, useAt(this.#graph, places[place]!, piece)]));
      const toLimits = this.#asking.map((limit) => (qualifies(limit, piece) ? piece.credits : 0));
      this.#byLikeness.set(key, (worth = { uses, toLimits, sort: JSON.stringify([...uses, toLimits]) }));
    }
    return worth;
  }
}

/** The same text for pieces that do the same at every place and for every limit. An AT_MOST may ask for anything that a piece says of itself. */
function likeness({ ref, places, credits, subject, level, areas, course, issuer, resident }: Piece, hasCaps: boolean): string {
  const own = 'microCredential' in ref ? ref.microCredential : undefined;
  return JSON.stringify([places, credits, subject, level, areas, resident, ...(hasCaps ? [course, issuer, own] : [])]);
}

function useAt(graph: Graph, place: Place, piece: Piece): Use {
  // The term of what is planned is not known: it adds none.
  const values = place.kind === 'DISTINCT' && place.by !== 'TERM' ? [...distinctValues(place.by, piece)] : [];
  const worth = place.kind === 'CREDITS' ? piece.credits : place.kind === 'DISTINCT' ? values.length : 1;
  return { worth, cap: capIndex(graph, place, piece), values };
}
