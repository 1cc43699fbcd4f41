const LEGAL_IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/;

/** A name of ours, quoted for SQL. Our names are plain; anything else is a mistake or an attack. */
export function identifier(name: string): string {
  if (!LEGAL_IDENTIFIER.test(name)) throw new TypeError(`Illegal name in the database: "${name}". Expected lower-case letters, digits and underscores.`);
  return `"${name}"`;
}

export const identifiers = (names: readonly string[]): string => names.map(identifier).join(', ');

/** A database's name, which an operator may have chosen freely. */
export const databaseIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
