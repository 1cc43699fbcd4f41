import type { InstitutionSnapshot, IssuerKeySnapshot, PublishedMicroCredential } from '@mcr/contracts';
import type { Database, Transaction } from '@mcr/database';
import type { Facts, InstitutionFact, MicroCredentialVersionFact } from '../domain/submission/facts.ts';

/** What is known of these institutions and micro-credentials now. */
export async function readFacts(tx: Pick<Transaction, 'query'>, codes: readonly string[], ctids: readonly string[]): Promise<Facts> {
  const [found] = await tx.query<{ institutions: InstitutionFact[]; versions: MicroCredentialVersionFact[] }>(
    `select
       (select coalesce(json_agg(json_build_object('ctid', institution_ctid, 'code', code, 'status', status)), '[]')
        from institution where code = any ($1::text[])) as institutions,
       (select coalesce(json_agg(json_strip_nulls(json_build_object('ctid', micro_credential_ctid, 'version', version, 'ownedBy', owned_by, 'offeredBy', offered_by,
          'dateEffective', date_effective, 'expirationDate', expiration_date, 'isNonCredit', is_non_credit, 'creditValue', credit_value, 'competencies', competencies,
          'assessments', assessments))
          order by version), '[]')
        from micro_credential_version where micro_credential_ctid = any ($2::text[])) as versions`,
    [codes, ctids],
  );
  const institutions = new Map(found!.institutions.map((institution) => [institution.code, institution]));
  const versions = Map.groupBy(found!.versions, ({ ctid }) => ctid);
  return { institution: (code) => institutions.get(code), versionsOf: (ctid) => versions.get(ctid) ?? [] };
}

/** Every institution that is known here, whatever its status. */
export async function readInstitutionCodes(database: Database): Promise<string[]> {
  return (await database.query<{ code: string }>('select distinct code from institution order by code')).map(({ code }) => code);
}

/** A publishing client and its institution, as known here. */
export interface CallerFact {
  readonly clientId: string;
  readonly clientStatus: 'ACTIVE' | 'REVOKED';
  readonly institutionCode: string;
  readonly institutionStatus: string;
}

export function readCallers(database: Database, clientIds: readonly string[]): Promise<CallerFact[]> {
  return database.query<CallerFact>(
    `select c.client_id as "clientId", c.status as "clientStatus", i.code as "institutionCode", i.status as "institutionStatus"
     from publishing_client c join institution i using (institution_ctid) where c.client_id = any ($1::text[])`,
    [clientIds],
  );
}

/** An older event never overwrites a newer one: every write is guarded by the version of the aggregate. */
export async function saveInstitution(tx: Transaction, snapshot: InstitutionSnapshot, version: number, since: string): Promise<void> {
  await tx.query('insert into institution_standing (institution_ctid, version, status, since) values ($1, $2, $3, $4) on conflict do nothing', [
    snapshot.ctid,
    version,
    snapshot.status,
    since,
  ]);
  await tx.query(
    `insert into institution as i (institution_ctid, code, status, version, snapshot) values ($1, $2, $3, $4, $5)
     on conflict (institution_ctid) do update set code = excluded.code, status = excluded.status, version = excluded.version, snapshot = excluded.snapshot
       where i.version < excluded.version`,
    [snapshot.ctid, snapshot.code, snapshot.status, version, JSON.stringify(snapshot)],
  );
}

export async function saveIssuerKey(tx: Transaction, key: IssuerKeySnapshot, version: number): Promise<void> {
  await tx.query(
    `insert into issuer_key as k (kid, institution_ctid, did, public_key_multibase, held_by, status, activated_at, retired_at, compromised_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (kid) do update set status = excluded.status, retired_at = excluded.retired_at, compromised_at = excluded.compromised_at,
       version = excluded.version where k.version < excluded.version`,
    [
      key.kid,
      key.institutionCtid,
      key.did,
      key.publicKeyMultibase,
      key.heldBy,
      key.status,
      key.activatedAt,
      key.retiredAt ?? null,
      key.compromisedAt ?? null,
      version,
    ],
  );
}

export interface PublishingClientFact {
  readonly clientId: string;
  readonly institutionCtid: string;
  readonly status: 'ACTIVE' | 'REVOKED';
}

export async function savePublishingClient(tx: Transaction, { clientId, institutionCtid, status }: PublishingClientFact, version: number): Promise<void> {
  await tx.query(
    `insert into publishing_client as c (client_id, institution_ctid, status, version) values ($1, $2, $3, $4)
     on conflict (client_id) do update set institution_ctid = excluded.institution_ctid, status = excluded.status, version = excluded.version
       where c.version < excluded.version`,
    [clientId, institutionCtid, status, version],
  );
}

/** A published version never changes, so the first word about it is the last. */
export async function saveMicroCredentialVersion(tx: Transaction, version: PublishedMicroCredential): Promise<void> {
  await tx.query(
    `insert into micro_credential_version as kept (micro_credential_ctid, version, owned_by, offered_by, date_effective, expiration_date, is_non_credit, credit_value, competencies,
       assessments, snapshot)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (micro_credential_ctid, version) do update set snapshot = excluded.snapshot where kept.snapshot is null`,
    [
      version.ctid,
      version.version,
      version.ownedBy,
      version.offeredBy,
      version.dateEffective,
      version.expirationDate ?? null,
      version.isNonCredit,
      version.creditValue?.value ?? null,
      version.competencies.map(({ ctid }) => ctid),
      version.assessments.map(({ id }) => id),
      JSON.stringify(version),
    ],
  );
}
