import { randomUUID } from 'node:crypto';
import { z } from 'zod';

// Both cases are spelt out, because a JSON Schema made of the pattern has no flags.
const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** A CTDL identifier: `ce-` and a UUID. Any case is taken in, lower case is kept. */
export const Ctid = z
  .string()
  .regex(new RegExp(`^[cC][eE]-${UUID}$`), { error: 'Expected a CTID: "ce-" and a UUID.' })
  .toLowerCase()
  .meta({ id: 'Ctid' });

/** A UUID, kept in lower case. */
export const Uuid = z
  .string()
  .regex(new RegExp(`^${UUID}$`), { error: 'Expected a UUID.' })
  .toLowerCase();

/** The short code by which a public institution is known: 2 to 6 capital letters. */
export const InstitutionCode = z.string().regex(/^[A-Z]{2,6}$/, { error: 'Expected 2 to 6 capital letters, such as BCIT.' });

export const newCtid = (): string => `ce-${randomUUID()}`;

let stamped = { ms: -1, text: '' };

/** A time-ordered UUID (version 7). Good as an event id; never a substitute for a log position. */
export function newEventId(now: Date = new Date()): string {
  const ms = now.getTime();
  // A batch has one time: its text is made once.
  if (ms !== stamped.ms) {
    const time = ms.toString(16).padStart(12, '0');
    stamped = { ms, text: `${time.slice(0, 8)}-${time.slice(8)}-7` };
  }
  // Node draws random UUIDs from a pool: eight times faster than asking for bytes.
  return stamped.text + randomUUID().slice(15);
}
