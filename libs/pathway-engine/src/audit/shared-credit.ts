import type { Placement, Source } from '../facts/facts.ts';
import type { Centicredits } from '../facts/measures.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import { piecesOf } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { creditOf, mostShared, sharedWith, shareCapsOf } from './share-caps.ts';
import type { Standing } from './situation.ts';

/** How much credit one of several credentials counts that stands on learning which another one counts too. */
export interface SharedCredit {
  readonly credential: string;
  readonly with: string;
  readonly credits: Centicredits;
  /** By the share cap that the first has with the other; absent where it has none. */
  readonly most?: Centicredits;
}

/** An assignment for one of several credentials. */
export interface Assignment {
  readonly compiled: Compiled;
  readonly assignment: readonly Placement[];
}

const nameOf = (source: Source): string => ('agreement' in source ? `a:${source.agreement}:${source.grant}` : `m:${source.microCredential}`);

/** Of every two of these credentials, each way, what one shares with the other, where it shares anything or a cap says how much it may. */
export function sharedCredit(graph: Graph, all: readonly Assignment[], standing: Standing): SharedCredit[] {
  const placed = all.map(({ compiled, assignment }): Piece[] => {
    const used = new Set(assignment.map(({ source }) => nameOf(source)));
    return piecesOf(graph, compiled, standing).filter(({ ref }) => used.has(nameOf(ref)));
  });
  const caps = shareCapsOf(all.map(({ compiled }) => compiled));
  return all.flatMap(({ compiled }, of) =>
    all.flatMap(({ compiled: other }, beside): SharedCredit[] => {
      const cap = caps.find((one) => one.of === of && one.beside === beside);
      const credits = beside === of ? 0 : creditOf(sharedWith(placed[of]!, placed[beside]!));
      if (credits === 0 && !cap) return [];
      const most = cap && Math.floor(mostShared(cap, creditOf(placed[of]!)));
      return [{ credential: compiled.credential.id, with: other.credential.id, credits, ...(most !== undefined && { most }) }];
    }),
  );
}
