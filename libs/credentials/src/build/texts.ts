import type { LanguageMap } from '@mcr/event-kit';

export type Language = keyof LanguageMap;

/** The text in the wanted language, else in English, which is always there. */
export const textIn = (texts: LanguageMap, language: Language): string => texts[language] ?? texts['en-CA'];

// Characters that begin something in CommonMark, and those of HTML, which it lets through.
const MARKUP = /[\\`*_{}[\]()#+\-.!|<>&~]/g;

/** A text as it is, inside of Markdown: nothing in it is read as markup, and it stays on one line. */
export const asMarkdown = (text: string): string => text.replace(/\s+/g, ' ').trim().replace(MARKUP, '\\$&');
