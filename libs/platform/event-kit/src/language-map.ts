import { z } from 'zod';

/** Text by language tag: Canadian English always, Canadian French where given. */
export const LanguageMap = z.strictObject({ 'en-CA': z.string().min(1), 'fr-CA': z.string().min(1).optional() });
export type LanguageMap = z.infer<typeof LanguageMap>;

export const english = (text: string): LanguageMap => ({ 'en-CA': text });
