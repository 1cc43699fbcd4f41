import type { ReactionExtras } from '../reactions/consumer.ts';

/** Calls the reactions of one consumer. */
export interface Reactor {
  /** How the consumer reacts to a type; undefined: it passes the type over. */
  extrasOf(type: string): ReactionExtras | undefined;
  /** Rejects with what the reaction threw. `payload` is one event, or an array where the reaction takes batches. */
  react(type: string, payload: unknown, context: unknown): Promise<void>;
}
