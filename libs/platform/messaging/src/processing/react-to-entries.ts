import type { Envelope, EventDefinition } from '@mcr/event-kit';
import type { LogEntry } from '../log/event-log.ts';
import { Poison } from './failures.ts';
import type { Reactor } from './reactor.ts';

function parse(entry: LogEntry): Envelope {
  try {
    return JSON.parse(entry.event) as Envelope;
  } catch {
    throw new Poison('MALFORMED', 'The entry is not JSON.');
  }
}

/** The event of an entry, its data read loosely: properties that this release does not know are dropped. */
export function decode(entry: LogEntry, definition: EventDefinition): Envelope {
  const envelope = parse(entry);
  const data = definition.data.safeParse(envelope.data);
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
    const event = decode(entry, extras.definitions.find(({ type }) => type === entry.type)!);
    const last = calls.at(-1);
    if (extras.batch && last?.method === extras.method) last.events.push(event);
    else calls.push({ method: extras.method, type: entry.type, batch: extras.batch, events: [event] });
  }
  for (const call of calls) await reactor.react(call.type, call.batch ? call.events : call.events[0], context);
}
