import type { InstitutionSnapshot, PublishedMicroCredential } from '@mcr/contracts';
import { type Database, type Transaction, column } from '@mcr/database';
import type { HeldAward } from '../domain/award/award.ts';
import { type AwardColumns, awardOf } from './award-row.ts';

/** An award without a credential, with all that one is made of; what is not known yet is null. */
export interface Uncredentialed {
  readonly award: HeldAward;
  readonly microCredential: PublishedMicroCredential | null;
  readonly institution: InstitutionSnapshot | null;
  readonly owner: InstitutionSnapshot | null;
  readonly previousVersion: number | null;
  /** The key with which the registry signs for the institution now. */
  readonly kid: string | null;
  readonly did: string | null;
  /** The particulars of the award, encrypted, where there are some. */
  readonly sealed: Buffer | null;
}

/** Those of these awards that have no credential. One statement, however many there are. */
export async function uncredentialed(database: Database, awardIds: readonly string[]): Promise<Uncredentialed[]> {
  const rows = await database.query<Omit<Uncredentialed, 'award'> & { award: AwardColumns }>(
    `select to_json(a) as award, v.snapshot as "microCredential", i.snapshot as institution, o.snapshot as owner, k.kid, k.did, p.sealed,
       (select max(b.version) from micro_credential_version b
        where b.micro_credential_ctid = a.micro_credential_ctid and b.version < a.micro_credential_version) as "previousVersion"
     from award a
     left join micro_credential_version v on v.micro_credential_ctid = a.micro_credential_ctid and v.version = a.micro_credential_version
     left join institution i on i.institution_ctid = a.institution_ctid
     left join award_particulars p on p.award_id = a.award_id
     left join institution o on o.institution_ctid = v.owned_by
     left join lateral (
       select kid, did from issuer_key
       where institution_ctid = a.institution_ctid and held_by = 'REGISTRY' and status = 'ACTIVE' order by activated_at desc limit 1) k on true
     where a.award_id = any ($1::uuid[]) and not exists (select from credential c where c.award_id = a.award_id)
     order by a.award_id`,
    [awardIds],
  );
  return rows.map((row) => ({ ...row, award: awardOf(row.award) }));
}

/** A signed credential, to be kept. */
export interface NewCredential {
  readonly awardId: string;
  readonly credentialId: string;
  readonly kid: string;
  readonly signedBy: 'REGISTRY' | 'INSTITUTION';
  /** Its place in a status list of the registry, if it has one. */
  readonly entry?: { readonly listId: string; readonly index: number };
  /** Hexadecimal digits. */
  readonly hash: string;
  readonly document: string;
}

/** An award that got its credential: the version it has now, and where its events stand. */
export interface CredentialedAward {
  readonly awardId: string;
  readonly version: number;
  readonly partition: number;
}

/**
 * Locks the awards' sourceAwardIds, as everybody does who changes an award, and keeps the credentials of those that have none. Answers the awards
 * that got one, with the version that follows from it.
 */
export async function keepCredentials(tx: Transaction, credentials: readonly NewCredential[], now: Date): Promise<CredentialedAward[]> {
  const awardIds = column(credentials, ({ awardId }) => awardId);
  await tx.query(`select from source_award where award_id = any ($1::uuid[]) order by institution_code, source_award_id for update`, [awardIds]);
  return tx.query<CredentialedAward>(
    `with kept as (
       insert into credential (award_id, credential_id, kid, status_list_id, status_list_index, hash, document, signed_by, issued_at)
       select award_id, credential_id, kid, list_id, index, decode(hash, 'hex'), document, signed_by, $9
       from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[])
         as r (award_id, credential_id, kid, list_id, index, hash, document, signed_by)
       on conflict (award_id) do nothing
       returning award_id),
     found as (delete from credential_awaited w using kept where w.award_id = kept.award_id)
     update award a set version = a.version + 1 from kept where a.award_id = kept.award_id
     returning a.award_id as "awardId", a.version, a.partition`,
    [
      awardIds,
      column(credentials, ({ credentialId }) => credentialId),
      column(credentials, ({ kid }) => kid),
      column(credentials, ({ entry }) => entry?.listId ?? null),
      column(credentials, ({ entry }) => entry?.index ?? null),
      column(credentials, ({ hash }) => hash),
      column(credentials, ({ document }) => document),
      column(credentials, ({ signedBy }) => signedBy),
      now,
    ],
  );
}

/** Notes that these awards wait for a key, or for facts. */
export async function awaitCredentials(database: Database, awards: readonly { awardId: string; institutionCtid: string }[]): Promise<void> {
  if (awards.length === 0) return;
  await database.query(`insert into credential_awaited (award_id, institution_ctid) select * from unnest($1::uuid[], $2::text[]) on conflict do nothing`, [
    column(awards, ({ awardId }) => awardId),
    column(awards, ({ institutionCtid }) => institutionCtid),
  ]);
}

/** The next awards behind that one, or the first, that waited, and whose institution has a key to sign with now. */
export async function awardsToTryAgain(database: Database, behind: string | undefined, limit: number): Promise<string[]> {
  const rows = await database.query<{ awardId: string }>(
    `select w.award_id as "awardId" from credential_awaited w
     where ($1::uuid is null or w.award_id > $1)
       and exists (select from issuer_key k where k.institution_ctid = w.institution_ctid and k.held_by = 'REGISTRY' and k.status = 'ACTIVE')
     order by w.award_id limit $2`,
    [behind ?? null, limit],
  );
  return rows.map(({ awardId }) => awardId);
}
