import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { LogEntry } from '../../log/event-log.ts';

/** CloudEvents Kafka binding 3.2 and 3.3: how a record says in which mode it is. */
const BINARY = 'application/json';
const STRUCTURED = 'application/cloudevents+json';

const ATTRIBUTE = 'ce_';
const DATA = ',"data":';

/** Extensions that say where in its log the event stands. They are not part of what the hash covers. */
const PLACE_IN_LOG = new Set(['sequence', 'logid', 'loghash']);

/** Attributes that are numbers in JSON; on Kafka every attribute is text. */
const NUMBERS = new Set(['aggregateversion']);

type Attributes = Record<string, string | number>;

/** Where the data begins in an event as we write it: after the attributes, none of which holds an object. */
function splitOf(event: string): { attributes: Attributes; data: string } | undefined {
  const end = event.indexOf(DATA);
  if (end < 0 || !event.startsWith('{') || !event.endsWith('}')) return undefined;
  const head = `${event.slice(0, end)}}`;
  try {
    const attributes = JSON.parse(head) as Attributes;
    const plain = Object.entries(attributes).every(([name, value]) => typeof value === (NUMBERS.has(name) ? 'number' : 'string'));
    return plain && JSON.stringify(attributes) === head ? { attributes, data: event.slice(end + DATA.length, -1) } : undefined;
  } catch {
    return undefined;
  }
}

const headerOf = (attribute: string): string => (attribute === 'datacontenttype' ? 'content-type' : ATTRIBUTE + attribute);

/**
 * An entry of a log as a Kafka record. In binary mode, so that the value is the data as it was written, byte for byte;
 * what does not come apart and together again exactly so travels whole, in structured mode.
 */
export function recordOf(entry: LogEntry, logId: string): Message & { partition: number } {
  const place = { ce_sequence: String(entry.pos), ce_logid: logId, ce_loghash: entry.hash.toString('base64') };
  const record = { partition: entry.partition, key: entry.key };
  const split = splitOf(entry.event);
  if (!split) return { ...record, value: entry.event, headers: { 'content-type': STRUCTURED, ce_type: entry.type, ...place } };
  const headers = Object.fromEntries(Object.entries(split.attributes).map(([name, value]) => [headerOf(name), String(value)]));
  return { ...record, value: split.data, headers: { ...headers, ...place } };
}

const textOf = (headers: IHeaders, name: string): string => String(headers[name] ?? '');

function eventOf(headers: IHeaders, value: string): string {
  if (textOf(headers, 'content-type') !== BINARY) return value;
  const attributes: Attributes = {};
  for (const [header, text] of Object.entries(headers)) {
    const name = header === 'content-type' ? 'datacontenttype' : header.slice(ATTRIBUTE.length);
    if (!PLACE_IN_LOG.has(name)) attributes[name] = NUMBERS.has(name) ? Number(text) : String(text);
  }
  return `${JSON.stringify(attributes).slice(0, -1)}${DATA}${value}}`;
}

/** What a record that was read from Kafka says that it is; the hash chain tells whether that is so. Undefined: no entry of a log. */
export function entryOf(topic: string, partition: number, { headers = {}, value, key, offset }: KafkaMessage): LogEntry | undefined {
  const pos = Number(textOf(headers, 'ce_sequence'));
  const logId = textOf(headers, 'ce_logid');
  if (!Number.isSafeInteger(pos) || pos < 1 || logId === '' || value === null) return undefined;
  return {
    topic,
    partition,
    pos,
    key: String(key ?? ''),
    type: textOf(headers, 'ce_type'),
    event: eventOf(headers, value.toString('utf8')),
    hash: Buffer.from(textOf(headers, 'ce_loghash'), 'base64'),
    logId,
    carrierOffset: String(BigInt(offset) + 1n),
  };
}
