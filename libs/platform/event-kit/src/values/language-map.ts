import { z } from 'zod';
import { StorableText } from './storable-text.ts';

/** Text by language tag, of at most `max` characters in each: Canadian English always, Canadian French where given. */
export const languageMap = (max: number) => {
  const text = StorableText.trim().min(1).max(max);
  return z.strictObject({ 'en-CA': text, 'fr-CA': text.optional() });
};

/** Text of any sensible length by language tag. A name has a shorter one: `languageMap(300)`. */
export const LanguageMap = languageMap(20_000);
export type LanguageMap = z.infer<typeof LanguageMap>;

export const english = (text: string): LanguageMap => ({ 'en-CA': text });
