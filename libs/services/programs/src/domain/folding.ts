/** Characters that nobody sees: joiners, direction marks, soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;
const MARKS = /\p{M}/gu;

/** Texts that differ only in case, in white space or in invisible characters fold to the same. To compare, never to show. */
export const foldCaseAndSpace = (text: string): string =>
  text.normalize('NFKC').replace(INVISIBLE, '').toUpperCase().toLowerCase().replace(/\s+/gu, ' ').trim();

/** As before, and accents make no difference either: "Éducation  à l'accueil" is "education a l'accueil". */
export const foldTitle = (text: string): string => foldCaseAndSpace(text.normalize('NFKD').replace(MARKS, ''));
