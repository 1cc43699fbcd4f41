import type { DecidingKey } from '../agreements/order.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Standing } from './situation.ts';
import { applyingTo, settle } from './winners.ts';

/** An agreement that applies and gives nothing: which other one goes first, and the key that decided. */
export interface Lost {
  readonly agreement: string;
  readonly to: string;
  readonly key: DecidingKey;
}

/** Every agreement that applies to a credential and lost, by id. */
export function lostFor(compiled: Compiled, standing: Standing): Lost[] {
  const { losers } = settle(applyingTo(compiled, standing));
  return losers.map(({ edge, to, key }) => ({ agreement: edge.agreement.id, to: to.agreement.id, key })).sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
}
