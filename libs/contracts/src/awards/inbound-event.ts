import { createHash } from 'node:crypto';
import { institutionSource } from '@mcr/event-kit';
import canonicalize from 'canonicalize';

/** A structured CloudEvent as an institution sends it to `POST /events`. */
export interface InboundEvent<Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  readonly data: Data;
}

/** The media types of one structured event and of a batch of them. */
export const CLOUDEVENT = 'application/cloudevents+json';
export const CLOUDEVENTS_BATCH = 'application/cloudevents-batch+json';

const uuidFrom = (text: string): string => {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

/**
 * Puts one record of an institution into an event whose id follows from the institution, the type and the content (RFC 9562 version 8):
 * sending the same record again is the same event, whatever the order of its members. `salt` makes another event of the same content.
 */
export function inboundEvent<Data extends { readonly sourceAwardId: string }>(institution: string, type: string, data: Data, salt = ''): InboundEvent<Data> {
  const id = uuidFrom(canonicalize([institution, type, salt, data]) ?? '');
  return { specversion: '1.0', id, source: institutionSource(institution), type, subject: data.sourceAwardId, datacontenttype: 'application/json', data };
}
