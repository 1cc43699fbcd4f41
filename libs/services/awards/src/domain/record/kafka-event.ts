import { CLOUDEVENT } from '@mcr/contracts';
import { parseStrictJson, StorableText, StrictJsonError, type Fault } from '@mcr/event-kit';
import { readCloudEvent } from './cloud-event.ts';
import { MOST_BYTES, type InboundRecord } from './read-record.ts';
import { recordFault } from './record-fault.ts';

/** A record as it lies on an inbound topic; headers may stand there several times. */
export interface RawRecord {
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, readonly Uint8Array[]>>;
}

/** A record that names an event: it has an outcome, whatever is wrong with it. */
export interface NamedRecord extends InboundRecord {
  readonly eventId: string;
  readonly source?: string;
}

/** A record that names nothing to answer to. It is listed for its institution. */
export interface NamelessRecord {
  readonly reason: 'MALFORMED' | 'NULL_RECORD' | 'TOO_LARGE';
  readonly detail: string;
}

const HEADER = 'ce_';
const EventId = StorableText.min(1).max(256);

const nameless = (reason: NamelessRecord['reason'], detail: string): NamelessRecord => ({ reason, detail });
const textIn = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/**
 * Reads a record after the Kafka protocol binding of CloudEvents 1.0, structured or binary. Only the CloudEvents headers and the content type
 * mean anything; in particular no header and no key says whose record it is.
 */
export function readKafkaEvent({ value, headers }: RawRecord, now: Date): NamedRecord | NamelessRecord {
  const read = readHeaders(headers);
  if ('reason' in read) return read;
  const { contentType, attributes } = read;
  const [mediaType] = contentType.toLowerCase().split(';', 1) as [string];
  if (mediaType.trim() === CLOUDEVENT) return readStructured(value, now);
  if (Object.keys(attributes).length > 0) return readBinary(value, { ...attributes, ...(contentType ? { datacontenttype: contentType } : {}) }, now);
  if (value === null) return nameless('NULL_RECORD', 'The record has no value, and no header names an event.');
  return nameless('MALFORMED', `Expected the header content-type ${CLOUDEVENT}, or the attributes of a CloudEvent in headers that begin with ${HEADER}.`);
}

function readHeaders(headers: RawRecord['headers']): { contentType: string; attributes: Record<string, string> } | NamelessRecord {
  const attributes: Record<string, string> = {};
  let contentType = '';
  for (const [name, values] of Object.entries(headers)) {
    if (name.toLowerCase() !== 'content-type' && !name.startsWith(HEADER)) continue;
    if (values.length !== 1) return nameless('MALFORMED', 'A header of the event stands there several times.');
    try {
      const text = textIn(values[0]!);
      if (name.startsWith(HEADER)) attributes[name.slice(HEADER.length)] = text;
      else contentType = text;
    } catch {
      return nameless('MALFORMED', 'A header of the event is not UTF-8 text.');
    }
  }
  return { contentType, attributes };
}

function readStructured(value: Uint8Array | null, now: Date): NamedRecord | NamelessRecord {
  if (value === null) return nameless('NULL_RECORD', 'The record has no value.');
  const event = parsed(value);
  if ('fault' in event) return nameless(value.length > MOST_BYTES ? 'TOO_LARGE' : 'MALFORMED', event.fault);
  return named(event.json, value.length, now, []);
}

function readBinary(value: Uint8Array | null, attributes: Record<string, string>, now: Date): NamedRecord | NamelessRecord {
  if (value === null) return named(attributes, 0, now, [recordFault('NULL_RECORD')], 'NULL_RECORD');
  const data = parsed(value);
  if ('fault' in data) return named(attributes, value.length, now, value.length > MOST_BYTES ? [recordFault('TOO_LARGE')] : [recordFault('MALFORMED_JSON')]);
  return named({ ...attributes, data: data.json }, value.length, now, []);
}

/** Gives an event its outcome if its id can be told; the faults of its envelope are told together. */
function named(
  value: unknown,
  bytes: number,
  now: Date,
  faults: readonly Fault[],
  reason: NamelessRecord['reason'] = 'MALFORMED',
): NamedRecord | NamelessRecord {
  const event = readCloudEvent(value, '', now);
  if ('id' in event) return { eventId: event.id, source: event.source, type: event.type, subject: event.subject, data: event.data, bytes, faults };
  const { id, source, type, data } = Object(value) as Record<string, unknown>;
  const eventId = EventId.safeParse(id);
  if (!eventId.success) return nameless(reason, inWords(event));
  const fault = { ...recordFault('INVALID_EVENT'), message: inWords(event) };
  return { eventId: eventId.data, source: textOrNothing(source), type: textOrNothing(type) ?? '', data, bytes, faults: [fault, ...faults] };
}

const textOrNothing = (value: unknown): string | undefined => EventId.safeParse(value).data;

/** Names of attributes that are not legal are not repeated. */
const inWords = (faults: readonly Fault[]): string =>
  [...new Set(faults.map(({ pointer, message }) => `${/^\/[a-z0-9]{1,20}$/.test(pointer) ? `Attribute "${pointer.slice(1)}"` : 'The event'}: ${message}`))]
    .slice(0, 20)
    .join(' ');

function parsed(value: Uint8Array): { readonly json: unknown } | { readonly fault: string } {
  try {
    return { json: parseStrictJson(textIn(value)) };
  } catch (error) {
    return { fault: error instanceof StrictJsonError ? error.message : 'The value is not UTF-8 text.' };
  }
}
