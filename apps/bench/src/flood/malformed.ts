import { CLOUDEVENT } from '@mcr/contracts';

/** A good record, as it would have been sent; each kind spoils it in its own way. */
export interface GoodEvent {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** A request that is refused as a whole: nothing of it is stored. */
export interface SpoiltRequest {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly contentType?: string;
  readonly body: (good: GoodEvent) => string | Uint8Array<ArrayBuffer>;
}

/** A record that is taken, and refused with this code among its faults. */
export interface SpoiltRecord {
  readonly name: string;
  readonly code: string;
  readonly spoil: (good: GoodEvent) => object;
}

const text = (event: object): string => JSON.stringify(event);
const without = (good: GoodEvent, attribute: string): object => Object.fromEntries(Object.entries(good).filter(([name]) => name !== attribute));
const notJson = { status: 400, code: 'MALFORMED_JSON' } as const;
const notAnEvent = { status: 400, code: 'INVALID_EVENT' } as const;

export const spoiltRequests: readonly SpoiltRequest[] = [
  { name: 'half a document', ...notJson, body: (good) => text(good).slice(0, -20) },
  { name: 'a member twice', ...notJson, body: (good) => text(good).replace('{', '{"id":"other",') },
  { name: 'a prototype', ...notJson, body: (good) => text(good).replace('{', '{"__proto__":{},') },
  { name: 'a thousand levels', ...notJson, body: () => '['.repeat(1000) },
  { name: 'bytes that are not UTF-8', ...notJson, body: () => new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]) },
  { name: 'no specversion', ...notAnEvent, body: (good) => text(without(good, 'specversion')) },
  { name: 'no id', ...notAnEvent, body: (good) => text(without(good, 'id')) },
  { name: 'a time far ahead', ...notAnEvent, body: (good) => text({ ...good, time: '2999-01-01T00:00:00Z' }) },
  { name: 'data as base64', ...notAnEvent, body: (good) => text({ ...good, data_base64: 'e30=' }) },
  { name: 'another content type', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', contentType: 'text/csv', body: () => 'sourceAwardId,revision' },
  { name: 'another source', status: 403, code: 'SOURCE_NOT_YOURS', body: (good) => text({ ...good, source: 'urn:bc:mcr:inst:UBC' }) },
];

const data = (good: GoodEvent, changed: object): object => ({ ...good, data: { ...good.data, ...changed } });

export const spoiltRecords: readonly SpoiltRecord[] = [
  { name: 'another type', code: 'UNSUPPORTED_TYPE', spoil: (good) => ({ ...good, type: 'ca.bc.mcr.award.forget.v1' }) },
  { name: 'another subject', code: 'SUBJECT_MISMATCH', spoil: (good) => ({ ...good, subject: 'another' }) },
  { name: 'no data', code: 'REQUIRED', spoil: (good) => without(good, 'data') },
  { name: 'data that is null', code: 'WRONG_TYPE', spoil: (good) => ({ ...good, data: null }) },
  { name: 'an unknown property', code: 'UNKNOWN_PROPERTY', spoil: (good) => data(good, { favouriteColour: 'green' }) },
  { name: 'a revision in words', code: 'WRONG_TYPE', spoil: (good) => data(good, { revision: 'one' }) },
  { name: 'a day that is none', code: 'INVALID_VALUE', spoil: (good) => data(good, { awardedDate: '2026-02-30' }) },
  { name: 'a method that is none', code: 'INVALID_VALUE', spoil: (good) => data(good, { method: 'OSMOSIS' }) },
  { name: 'nobody who earned it', code: 'LEARNER_UNIDENTIFIED', spoil: (good) => data(good, { learner: { identifiers: [] } }) },
  { name: 'a NUL character', code: 'INVALID_VALUE', spoil: (good) => data(good, { extensions: { note: 'a\u0000b' } }) },
  { name: 'half a surrogate pair', code: 'INVALID_VALUE', spoil: (good) => data(good, { extensions: { note: '\ud800' } }) },
  { name: 'a PEN that is none', code: 'PEN_INVALID', spoil: (good) => data(good, { learner: { identifiers: [{ type: 'PEN', value: '123456789' }] } }) },
  { name: 'hours without end', code: 'HOURS_OUT_OF_RANGE', spoil: (good) => data(good, { hoursCompleted: 4000 }) },
  { name: 'a micro-credential of nobody', code: 'INVALID_FORMAT', spoil: (good) => data(good, { microCredentialCtid: 'ce-nothing' }) },
];

export const contentTypeOf = ({ contentType = CLOUDEVENT }: SpoiltRequest): string => contentType;
