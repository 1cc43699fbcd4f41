/**
 * Every advisory lock that messaging takes. Two 32-bit keys: what it is about, and for whom.
 * Session locks do not survive a transaction-pooling proxy: consumers connect to PostgreSQL directly.
 */
export const holdDelivery = `select pg_try_advisory_lock(hashtext('mcr.delivery/' || $1), hashtext($2)) as held`;

/** For each partition in which a consumer notes what it has in hand. */
export const holdAttempts = `
  select topic, partition, pg_try_advisory_lock(hashtext('mcr.attempt/' || $1), hashtext(topic || '/' || partition)) as held
    from unnest($2::text[], $3::int[]) as want (topic, partition)`;
