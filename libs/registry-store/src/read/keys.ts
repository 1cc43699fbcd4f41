/** A key as a caller gave it, as text that PostgreSQL takes: no stored key holds a NUL, so one that does finds nothing. */
export const keyText = (given: string | null | undefined): string | null => given?.replaceAll('\u0000', '\uFFFD') ?? null;

/** CTIDs are taken in any case and kept in lower case. */
export const ctidKey = (given: string | null | undefined): string | null => keyText(given)?.toLowerCase() ?? null;
