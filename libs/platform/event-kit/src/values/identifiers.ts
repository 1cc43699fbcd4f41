import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';

// Both cases are spelt out, because a JSON Schema made of the pattern has no flags.
const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** A CTDL identifier: `ce-` and a UUID. Any case is taken in, lower case is kept. */
export const Ctid = z
  .string()
  .regex(new RegExp(`^[cC][eE]-${UUID}$`), { error: 'Expected a CTID: "ce-" and a UUID.' })
  .transform((value) => value.toLowerCase())
  .meta({ id: 'Ctid' });

/** A UUID, kept in lower case. */
export const Uuid = z
  .string()
  .regex(new RegExp(`^${UUID}$`), { error: 'Expected a UUID.' })
  .transform((value) => value.toLowerCase());

/** The short code by which a public institution is known: 2 to 6 capital letters. */
export const InstitutionCode = z.string().regex(/^[A-Z]{2,6}$/, { error: 'Expected 2 to 6 capital letters, such as BCIT.' });

export const newCtid = (): string => `ce-${randomUUID()}`;

/** A time-ordered UUID (version 7). Good as an event id; never a substitute for a log position. */
export function newEventId(now: Date = new Date()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
