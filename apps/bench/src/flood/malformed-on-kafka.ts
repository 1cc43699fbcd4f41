import { kafkaRecord } from '@mcr/contracts';
import type { OutgoingRecord } from '@mcr/messaging/kafka-records';
import type { GoodEvent } from './malformed.ts';

/** A record on a topic that has an outcome with this code, or, where it names nothing to answer to, stands in the list with this reason. */
export interface SpoiltOnKafka {
  readonly name: string;
  readonly code: string;
  readonly listed?: true;
  readonly record: (good: GoodEvent) => OutgoingRecord;
}

const whole = (event: object): OutgoingRecord => kafkaRecord(event as never, 'spoilt');
const changed = (good: GoodEvent, attributes: object): OutgoingRecord => whole({ ...good, ...attributes });
const data = (good: GoodEvent, properties: object): OutgoingRecord => changed(good, { data: { ...good.data, ...properties } });
const structured = { 'content-type': 'application/cloudevents+json' };

export const spoiltOnKafka: readonly SpoiltOnKafka[] = [
  { name: 'no value', code: 'NULL_RECORD', record: (good) => ({ ...whole(good), value: null }) },
  { name: 'a value that is not JSON', code: 'MALFORMED_JSON', record: (good) => ({ ...whole(good), value: '{"sourceAwardId":' }) },
  { name: 'a member twice', code: 'MALFORMED_JSON', record: (good) => ({ ...whole(good), value: '{"revision":1,"revision":2}' }) },
  { name: 'more than a mebibyte', code: 'TOO_LARGE', record: (good) => data(good, { extensions: { padding: 'x'.repeat(1_100_000) } }) },
  { name: 'a time far ahead', code: 'INVALID_EVENT', record: (good) => changed(good, { time: '2999-01-01T00:00:00Z' }) },
  { name: 'another specversion', code: 'INVALID_EVENT', record: (good) => changed(good, { specversion: '0.3' }) },
  { name: 'another type', code: 'UNSUPPORTED_TYPE', record: (good) => changed(good, { type: 'ca.bc.mcr.award.forget.v1' }) },
  { name: 'another source', code: 'SOURCE_NOT_YOURS', record: (good) => changed(good, { source: 'urn:bc:mcr:inst:UBC' }) },
  { name: 'another subject', code: 'SUBJECT_MISMATCH', record: (good) => changed(good, { subject: 'another' }) },
  {
    name: 'a learner in clear',
    code: 'LEARNER_NOT_ENCRYPTED',
    record: (good) => data(good, { learner: { identifiers: [{ type: 'PEN', value: '123456789' }] } }),
  },
  { name: 'a learner nobody can read', code: 'CANNOT_DECRYPT', record: (good) => data(good, { learner: 'e30.AA.AA.AA.AA' }) },
  { name: 'an unknown property', code: 'UNKNOWN_PROPERTY', record: (good) => data(good, { favouriteColour: 'green' }) },
  { name: 'a revision in words', code: 'WRONG_TYPE', record: (good) => data(good, { revision: 'one' }) },
  { name: 'no value and no name', code: 'NULL_RECORD', listed: true, record: () => ({ key: 'spoilt', value: null }) },
  { name: 'no event at all', code: 'MALFORMED', listed: true, record: (good) => ({ key: 'spoilt', value: `hello ${good.id}` }) },
  {
    name: 'half a document',
    code: 'MALFORMED',
    listed: true,
    record: (good) => ({ key: 'spoilt', value: JSON.stringify(good).slice(0, -9), headers: structured }),
  },
];
