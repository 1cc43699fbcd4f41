import { faultsOf, Instant, pointerTo, StorableText, type Fault } from '@mcr/event-kit';
import { z } from 'zod';

/** A CloudEvent whose envelope is in order; its data is not looked at here. */
export interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly data: unknown;
}

const JSON_TYPE = /^application\/(json|[^\s;]+\+json)\s*(;|$)/i;
const A_DAY_MS = 24 * 60 * 60 * 1000;

const Envelope = z.looseObject({
  specversion: z.literal('1.0', { error: 'Expected "1.0".' }),
  id: StorableText.min(1).max(256),
  source: StorableText.min(1).max(256),
  type: StorableText.min(1).max(256),
  subject: z.string().optional(),
  time: Instant.optional(),
  datacontenttype: z.string().regex(JSON_TYPE, { error: 'Only JSON is taken.' }).optional(),
  dataschema: z.string().optional(),
});

/** CloudEvents 1.0, Naming Attributes: lower-case letters and digits. */
const ATTRIBUTE_NAME = /^[a-z0-9]+$/;

/** Checks an envelope against CloudEvents 1.0. Extension attributes are allowed and passed over. */
export function readCloudEvent(value: unknown, pointer: string, now: Date): CloudEvent | readonly Fault[] {
  const attributes = withoutNulls(value);
  const parsed = Envelope.safeParse(attributes);
  const faults = [...(parsed.success ? [] : faultsOf(parsed.error, attributes, pointer)), ...nameFaults(attributes, pointer)];
  const { time, id, source, type, subject, data } = (parsed.data ?? {}) as z.output<typeof Envelope>;
  if (time !== undefined && new Date(time).getTime() > now.getTime() + A_DAY_MS) {
    faults.push({
      pointer: `${pointer}/time`,
      code: 'INVALID_VALUE',
      message: 'The event is dated more than a day ahead.',
      hint: 'Check the clock of the sender.',
    });
  }
  return faults.length > 0 ? faults : { id, source, type, subject, data };
}

/** CloudEvents JSON format 2.2: an attribute that is null is not set. */
function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  return entries.some(([, member]) => member === null) ? Object.fromEntries(entries.filter(([name, member]) => member !== null || name === 'data')) : value;
}

function nameFaults(attributes: unknown, pointer: string): Fault[] {
  if (attributes === null || typeof attributes !== 'object' || Array.isArray(attributes)) return [];
  return Object.keys(attributes).flatMap((name) => {
    if (ATTRIBUTE_NAME.test(name)) return [];
    const hint = name === 'data_base64' ? 'Send the data as JSON in "data".' : 'Names of attributes consist of lower-case letters and digits.';
    return [{ pointer: pointer + pointerTo(name), code: 'UNKNOWN_PROPERTY', message: 'This attribute is not taken.', hint }];
  });
}
