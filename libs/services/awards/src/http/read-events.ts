import type { IncomingHttpHeaders } from 'node:http';
import { parseStrictJson, Refusal, StrictJsonError, type Fault } from '@mcr/event-kit';
import { readCloudEvent, type CloudEvent } from '../domain/record/cloud-event.ts';
import { contentModeOf } from './content-mode.ts';

/** An event with the size of its record, where that may matter. */
export type SizedEvent = CloudEvent & { readonly bytes?: number };

const MOST_EVENTS = 1_000;
const MOST_BYTES = 8 * 1024 * 1024;
const LARGE = 1024 * 1024;

/**
 * The events of a request, in order.
 * @throws Refusal with every fault of every envelope; then nothing of the request is taken.
 */
export function readEvents(headers: IncomingHttpHeaders, body: unknown, now: Date): SizedEvent[] {
  const content = contentModeOf(headers);
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  if (bytes.length > MOST_BYTES) throw new Refusal('TOO_LARGE', 'A request has at most 8 MiB.');
  const value = parse(bytes);
  if (content.mode === 'batch') return readBatch(value, bytes.length, now);
  const event = readCloudEvent(content.mode === 'binary' ? { ...content.attributes, data: value } : value, '', now);
  if ('id' in event) return [{ ...event, bytes: bytes.length }];
  throw new Refusal('INVALID_EVENT', undefined, { faults: event });
}

function readBatch(value: unknown, bytes: number, now: Date): SizedEvent[] {
  if (!Array.isArray(value))
    throw new Refusal('INVALID_EVENT', 'A batch is an array of events.', { faults: [{ pointer: '', code: 'WRONG_TYPE', message: 'Expected an array.' }] });
  if (value.length > MOST_EVENTS) throw new Refusal('TOO_MANY_EVENTS', `A batch has at most ${MOST_EVENTS} events.`);
  const faults: Fault[] = [];
  const events: SizedEvent[] = [];
  for (const [index, member] of value.entries()) {
    const event = readCloudEvent(member, `/${index}`, now);
    if ('id' in event) events.push(bytes > LARGE ? { ...event, bytes: sizeOf(event.data) } : event);
    else faults.push(...event);
  }
  if (faults.length > 0) throw new Refusal('INVALID_EVENT', undefined, { faults });
  return events;
}

const sizeOf = (data: unknown): number => Buffer.byteLength(JSON.stringify(data) ?? '');

function parse(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal('MALFORMED_JSON', error instanceof StrictJsonError ? error.message : 'The body is not UTF-8 text.');
  }
}
