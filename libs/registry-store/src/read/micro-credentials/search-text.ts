const LONGEST = 200;

/**
 * The first 200 characters that a person typed and can see: no NUL or other control, no direction marks, no half of a surrogate pair.
 * Null means that nothing was typed.
 */
export function searchText(typed: string | null | undefined): string | null {
  const visible = (typed ?? '')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  if (visible === '') return null;
  return Array.from(visible.slice(0, 2 * LONGEST))
    .slice(0, LONGEST)
    .join('')
    .toWellFormed();
}
