const LONGEST = 200;

/**
 * What a person typed, as text that PostgreSQL can store and parse: no NUL, no half of a surrogate pair, the first 200 characters.
 * Null means that nothing was typed.
 */
export function searchText(typed: string | null | undefined): string | null {
  const storable = (typed ?? '').replaceAll('\u0000', ' ').toWellFormed().trim();
  return storable === ''
    ? null
    : Array.from(storable.slice(0, 2 * LONGEST))
        .slice(0, LONGEST)
        .join('')
        .toWellFormed();
}
