import type { AwardSnapshot } from '@mcr/contracts';
import { type Transaction, column } from '@mcr/database';
import type { HeldAward } from '../domain/held/held-award.ts';

/** The state of an award after one of its events. */
export interface HeldAwardEntry {
  readonly snapshot: AwardSnapshot;
  /** When that event happened: of a revocation the moment from which the award does not count. */
  readonly at: string;
  readonly version: number;
}

const URN = 'urn:uuid:'.length;

/** Keeps each award as its newest event says, of these and of those that came before. */
export async function keepHeldAwards(tx: Pick<Transaction, 'query'>, entries: readonly HeldAwardEntry[]): Promise<void> {
  const of = (value: (entry: HeldAwardEntry) => string | number | null) => column(entries, value);
  await tx.query(
    `insert into held_award as kept (award_id, learner_ref, micro_credential_id, awarded_on, valid_from, valid_until, status, revoked_at, aggregate_version)
     select distinct on (entry.id) entry.*
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[], $9::int[])
       as entry (id, learner, micro_credential, awarded_on, valid_from, valid_until, status, revoked_at, version)
     order by entry.id, entry.version desc
     on conflict (award_id) do update set
       learner_ref = excluded.learner_ref, micro_credential_id = excluded.micro_credential_id, awarded_on = excluded.awarded_on,
       valid_from = excluded.valid_from, valid_until = excluded.valid_until, status = excluded.status, revoked_at = excluded.revoked_at,
       aggregate_version = excluded.aggregate_version
     where kept.aggregate_version < excluded.aggregate_version`,
    [
      of(({ snapshot }) => snapshot.awardId.slice(URN)),
      of(({ snapshot }) => snapshot.learnerRef),
      of(({ snapshot }) => snapshot.microCredentialCtid),
      of(({ snapshot }) => snapshot.awardedDate),
      of(({ snapshot }) => snapshot.validFrom ?? null),
      of(({ snapshot }) => snapshot.validUntil ?? null),
      of(({ snapshot }) => snapshot.status),
      of(({ snapshot, at }) => (snapshot.status === 'REVOKED' ? at : null)),
      of(({ version }) => version),
    ],
  );
}

const MOST_AWARDS = 1_000;

/** What the learner holds, all of it or the listed awards, in the order in which it was earned. */
export function awardsOfLearner(tx: Pick<Transaction, 'query'>, learnerRef: string, listed?: readonly string[]): Promise<HeldAward[]> {
  return tx.query<HeldAward>(
    `select 'urn:uuid:' || h.award_id as award, h.micro_credential_id as "microCredential", h.awarded_on::text as "awardedOn",
       h.valid_from as "validFrom", h.valid_until as "validUntil", h.revoked_at as "revokedAt", m.id is not null as "isKnown"
     from held_award h left join micro_credential m on m.id = h.micro_credential_id
     where h.learner_ref = $1 and ($2::text[] is null or h.award_id = any (select substr(id, ${URN + 1})::uuid from unnest($2::text[]) as given (id)))
     order by h.awarded_on, h.award_id limit ${MOST_AWARDS}`,
    [learnerRef, listed ?? null],
  );
}
