import { z } from 'zod';

/** Can this text be stored and compared: no NUL character, no half of a surrogate pair? */
export const isStorableText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** The same text with U+FFFD in place of what cannot be stored: for pointers and logs, never for facts. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

const cannotBeStored = { error: 'Contains a character that cannot be stored (NUL, or half of a surrogate pair).' };

/** Text that can be stored. Every text that enters the registry is built on this: `StorableText.trim().min(1).max(300)`. */
export const StorableText = z.string().refine(isStorableText, cannotBeStored);

/** An address on the web, as it was given. */
export const HttpsUrl = z
  .url({ protocol: /^https$/, abort: true, error: 'Expected an address that begins with https://.' })
  .max(2048)
  .refine(isStorableText, cannotBeStored);
