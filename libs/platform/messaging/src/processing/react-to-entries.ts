import type { z } from 'zod';
import type { Envelope, EventDefinition } from '@mcr/event-kit';
import type { LogEntry } from '../log/event-log.ts';
import type { ConsumerDeclaration, ReactionContext } from '../reactions/consumer.ts';
import type { EventfulTransaction } from '../unit-of-work.ts';
import { Poison } from './failures.ts';
import type { Reactor } from './reactor.ts';

function parse(entry: LogEntry): Envelope {
  let envelope: unknown;
  try {
    envelope = JSON.parse(entry.event);
  } catch {
    throw new Poison('MALFORMED', 'The entry is not JSON.');
  }
  if (envelope === null) throw new Poison('NULL_RECORD', 'The entry is null.');
  if (typeof envelope !== 'object') throw new Poison('MALFORMED', 'The entry is not an object.');
  return envelope as Envelope;
}

type Issues = z.core.$ZodIssue[];

/** Takes away what the issues call unknown; undefined when that is not all that is wrong. */
function withoutUnknown(data: unknown, issues: Issues): unknown {
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') return undefined;
    const holder = issue.path.reduce<Record<PropertyKey, unknown>>((part, step) => part[step] as Record<PropertyKey, unknown>, data as never);
    for (const key of issue.keys) delete holder[key];
  }
  return data;
}

/**
 * The event of an entry, its data read loosely: properties that this release does not know are dropped, also where
 * a producer must not write them, so that a later release of the producer may add some.
 * @throws Poison when the entry is no event of this definition.
 */
export function decode(entry: LogEntry, definition: EventDefinition): Envelope {
  const envelope = parse(entry);
  let data = definition.data.safeParse(envelope.data);
  if (!data.success) {
    const known = withoutUnknown(envelope.data, data.error.issues);
    if (known !== undefined) data = definition.data.safeParse(known);
  }
  if (!data.success) {
    const where = data.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.code}`).join(', ');
    throw new Poison('SCHEMA_INVALID', `The data does not fit ${definition.type}: ${where}`);
  }
  return { ...envelope, data: data.data };
}

interface Call {
  readonly method: string;
  readonly type: string;
  readonly batch: boolean;
  readonly events: Envelope[];
}

/** Calls the reactions to these entries one after the other, in order; consecutive ones of a batch method together. */
export async function reactToEntries(reactor: Reactor, entries: readonly LogEntry[], context: unknown): Promise<void> {
  const calls: Call[] = [];
  for (const entry of entries) {
    const extras = reactor.extrasOf(entry.type);
    if (!extras) continue;
    const event = decode(
      entry,
      extras.definitions.find(({ type }) => type === entry.type)!,
    );
    const last = calls.at(-1);
    if (extras.batch && last?.method === extras.method) last.events.push(event);
    else calls.push({ method: extras.method, type: entry.type, batch: extras.batch, events: [event] });
  }
  for (const call of calls) await reactor.react(call.type, call.batch ? call.events : call.events[0], context);
}

const APPENDS_NOTHING: EventfulTransaction['append'] = () => {
  throw new TypeError('A projection appends no events: it may be replayed and rebuilt. Declare the consumer as a process.');
};

/** What the reactions of a consumer get beside the event. */
export function contextFor({ kind }: ConsumerDeclaration, tx: EventfulTransaction): ReactionContext {
  return { tx: kind === 'projection' ? { ...tx, append: APPENDS_NOTHING } : tx };
}
