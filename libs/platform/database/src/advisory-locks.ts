/**
 * Every advisory lock of the registry, in one place so that no two uses share a key. The first of the two numbers
 * that PostgreSQL takes names the purpose; where a purpose locks many things, the second is a hash of the thing.
 */
export const advisoryLocks = {
  /** Held in the maintenance database while roles, which belong to the whole server, are created or changed. */
  roles: 0x6d6301,
  /** Held in a database while its schemas are prepared and its migrations run. */
  preparing: 0x6d6302,
} as const;
