import type { Database, Transaction } from '@mcr/database';
import type { ActiveKey, CompromisedKey, IssuerKey, KnownKey, ProposedKey } from '../domain/issuer-key.ts';
import type { Change } from './institutions.ts';
import { IssuerKeyRow } from './issuer-key.row.ts';

/** Not locked: a key changes only under the lock of its institution. */
export async function findKey(tx: Transaction, institutionCtid: string, publicKeyMultibase: string): Promise<IssuerKey | undefined> {
  // The table's constraints hold what the union says of each status.
  return ((await tx.manager.findOneBy(IssuerKeyRow, { institutionCtid, publicKeyMultibase })) ?? undefined) as IssuerKey | undefined;
}

/** The key with which the registry signs for the institution now. */
export async function findDelegatedKey(tx: Transaction, institutionCtid: string): Promise<KnownKey | undefined> {
  return ((await tx.manager.findOneBy(IssuerKeyRow, { institutionCtid, heldBy: 'REGISTRY', status: 'ACTIVE' })) ?? undefined) as KnownKey | undefined;
}

/** Whether anybody has, or had, this key in use. */
export const isKeyKnown = async (tx: Transaction, publicKeyMultibase: string): Promise<boolean> =>
  (await tx.query(`select from issuer_key where public_key_multibase = $1 and status <> 'PROPOSED'`, [publicKeyMultibase])).length > 0;

/** Keeps a proposal, also in the place of an older one of the same institution. */
export async function keepProposal(tx: Transaction, key: ProposedKey, { changedBy, changedAt }: Change): Promise<void> {
  await tx.query(
    `insert into issuer_key (institution_id, public_key_multibase, did, held_by, status, challenge, challenge_expires_at, changed_by, changed_at)
     values ($1, $2, $3, 'INSTITUTION', 'PROPOSED', $4, $5, $6, $7)
     on conflict (institution_id, public_key_multibase) do update set did = excluded.did, challenge = excluded.challenge,
       challenge_expires_at = excluded.challenge_expires_at, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [key.institutionCtid, key.publicKeyMultibase, key.did, key.challenge, key.challengeExpiresAt, changedBy, changedAt],
  );
}

/** Keeps a key that the registry made. */
export async function insertDelegatedKey(tx: Transaction, key: ActiveKey, sealed: Buffer, { changedBy, changedAt }: Change): Promise<void> {
  await tx.query(
    `insert into issuer_key (institution_id, public_key_multibase, did, held_by, status, activated_at, sealed_private_key, changed_by, changed_at)
     values ($1, $2, $3, 'REGISTRY', 'ACTIVE', $4, $5, $6, $7)`,
    [key.institutionCtid, key.publicKeyMultibase, key.did, key.activatedAt, sealed, changedBy, changedAt],
  );
}

/** Keeps a key as it is from now on. False when another institution has it in use. */
export async function updateKey(tx: Transaction, key: KnownKey, { changedBy, changedAt }: Change): Promise<boolean> {
  const { retiredAt, compromisedAt } = key as Partial<CompromisedKey>;
  const updated = await tx.query(
    `update issuer_key set status = $3, challenge = null, challenge_expires_at = null, activated_at = $4, retired_at = $5, compromised_at = $6,
       changed_by = $7, changed_at = $8
     where institution_id = $1 and public_key_multibase = $2 and not exists (
       select from issuer_key other where other.public_key_multibase = $2 and other.institution_id <> $1 and other.status <> 'PROPOSED')
     returning 1`,
    [key.institutionCtid, key.publicKeyMultibase, key.status, key.activatedAt, retiredAt ?? null, compromisedAt ?? null, changedBy, changedAt],
  );
  return updated.length > 0;
}

/** A key as its institution's DID document tells of it. */
export interface PublishedKey {
  readonly did: string;
  readonly publicKeyMultibase: string;
  readonly activatedAt: Date;
  readonly retiredAt: Date | null;
  readonly compromisedAt: Date | null;
}

/** All keys that are or were active, of the institution of that code, the oldest first; undefined when no such institution takes part. */
export async function keysOfCode(database: Database, code: string): Promise<PublishedKey[] | undefined> {
  const rows = await database.query<{ [Member in keyof PublishedKey]: PublishedKey[Member] | null }>(
    `select key.did, key.public_key_multibase as "publicKeyMultibase", key.activated_at as "activatedAt", key.retired_at as "retiredAt",
       key.compromised_at as "compromisedAt"
     from institution left join issuer_key key on key.institution_id = institution.id and key.status <> 'PROPOSED'
     where institution.code = $1 and institution.status in ('ACTIVE', 'SUSPENDED')
     order by key.activated_at, key.public_key_multibase`,
    [code],
  );
  return rows.length === 0 ? undefined : rows.filter((row): row is PublishedKey => row.did !== null);
}

/** The encrypted private keys that may sign now, of those that are asked for. */
export const sealedKeysFor = (database: Database, publicKeys: readonly string[]): Promise<{ publicKeyMultibase: string; did: string; sealed: Buffer }[]> =>
  database.query(
    `select key.public_key_multibase as "publicKeyMultibase", key.did, key.sealed_private_key as sealed
     from issuer_key key join institution on institution.id = key.institution_id
     where key.public_key_multibase = any($1) and key.status = 'ACTIVE' and key.held_by = 'REGISTRY'`,
    [publicKeys],
  );
