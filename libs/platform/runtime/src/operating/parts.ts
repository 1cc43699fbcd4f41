import type { Messaging, Order, ParkedKey, Redriven } from '@mcr/messaging';
import { z } from 'zod';
import type { OperationContext } from '../define-service.ts';

/** What operators work on: the consumers of one service. */
export type Operated = Pick<Messaging, 'operating' | 'lag'>;

/** For who runs the registry. */
export const OPERATE = { action: 'operate' } as const;

/** Also for who answers for its records: may look at what was set aside, and confirm as the second person. */
export const REVIEW = { action: 'operate.confirm' } as const;

/** Why somebody acts. It is kept, so it names nobody's data. */
export const Reason = z.string().trim().min(5).max(500);

export const PageSize = z.int().min(1).max(100).default(50);

export const orderOf = ({ reason }: { readonly reason: string }, { principal }: OperationContext): Order => ({ who: principal.subject, reason });

/** A caller waits for no part longer than this, or not much. */
export const LONGEST_ANSWER_MS = 4000;

/** Works part by part for a few seconds, so that no answer takes longer than a caller waits; whoever asked repeats until nothing remains. */
export async function redriveForAWhile(
  first: () => Promise<Redriven & ParkedKey>,
  next: (key: ParkedKey) => Promise<Redriven & ParkedKey>,
): Promise<Redriven & ParkedKey> {
  const until = Date.now() + LONGEST_ANSWER_MS;
  let part = await first();
  let { applied } = part;
  while (part.remaining > 0 && !part.failed && Date.now() < until) {
    const { consumer, topic, key } = part;
    part = await next({ consumer, topic, key });
    applied += part.applied;
  }
  return { ...part, applied };
}
