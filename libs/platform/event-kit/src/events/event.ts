import type { z } from 'zod';
import type { Topic } from './topic.ts';
import type { Envelope } from './envelope.ts';

/** Everything that is fixed about one type of event. `key` gives the aggregate whose order the event keeps. */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly type: string;
  readonly topic: Topic;
  readonly data: Schema;
  readonly key: (data: z.output<Schema>) => string;
}

/** The data of an event as its producer has it. */
export type DataOf<D extends EventDefinition> = z.output<D['data']>;

/** An event as a reaction receives it: the CloudEvents attributes and the parsed data. */
export type EventOf<D extends EventDefinition> = Envelope<DataOf<D>>;

const LEGAL_TYPE = /^ca\.bc\.mcr\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*\.v[1-9][0-9]*$/;

/**
 * Defines an event once for producer and consumers.
 * @throws TypeError when the type is not `ca.bc.mcr.<aggregate>.<pastTense>.v<n>`.
 */
export function defineEvent<Schema extends z.ZodType>(definition: EventDefinition<Schema>): EventDefinition<Schema> {
  if (!LEGAL_TYPE.test(definition.type)) throw new TypeError(`Illegal event type "${definition.type}": expected ca.bc.mcr.<aggregate>.<pastTense>.v<n>.`);
  return Object.freeze({ ...definition });
}
