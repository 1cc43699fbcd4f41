import { newEventId } from '../values/identifiers.ts';
import type { DataOf, EventDefinition } from './event.ts';

/** A CloudEvents 1.0 envelope as the registry writes it. Extension names are lower case, as the specification asks. */
export interface Envelope<Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** The aggregate whose order this event keeps; the record key on Kafka. */
  readonly partitionkey: string;
  readonly aggregateversion?: number;
  readonly correlationid?: string;
  readonly causationid?: string;
  readonly traceparent?: string;
  readonly data: Data;
}

/** What a producer says beside the data. `version` counts the events of the key; absent for events of no aggregate. */
export interface EnvelopeFacts {
  readonly service: string;
  readonly version?: number;
  readonly now: Date;
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** The `source` of events that one of the registry's services writes. */
export const serviceSource = (service: string): string => `urn:bc:mcr:svc:${service}`;

/** The `source` of events that an institution sends. */
export const institutionSource = (code: string): string => `urn:bc:mcr:inst:${code}`;

const INSTITUTION_SOURCE = /^urn:bc:mcr:inst:([A-Z]{2,6})$/;

/** The institution's code in an inbound `source`, or undefined when the text is not such a source. */
export const institutionOfSource = (source: string): string | undefined => INSTITUTION_SOURCE.exec(source)?.[1];

/**
 * Puts data that was checked against its definition into an envelope.
 * @throws ZodError when the data does not fit the definition: a fault of ours, never of a caller.
 */
export function envelop<D extends EventDefinition>(definition: D, data: DataOf<D>, facts: EnvelopeFacts): Envelope<DataOf<D>> {
  const checked = definition.data.parse(data) as DataOf<D>;
  const key = definition.key(checked);
  return {
    specversion: '1.0',
    id: newEventId(facts.now),
    source: serviceSource(facts.service),
    type: definition.type,
    subject: key,
    time: facts.now.toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:bc:mcr:schema:${definition.type}`,
    partitionkey: key,
    ...(facts.version === undefined ? {} : { aggregateversion: facts.version }),
    ...(facts.correlationId === undefined ? {} : { correlationid: facts.correlationId }),
    ...(facts.causationId === undefined ? {} : { causationid: facts.causationId }),
    data: checked,
  };
}
