import type { PublishedMicroCredential } from '@mcr/contracts';
import type { Database, Transaction } from '@mcr/database';
import type { Facts, InstitutionFact, MicroCredentialVersionFact } from '../domain/submission/facts.ts';

type Reader = Pick<Transaction, 'query'>;

/** What is known of these institutions and micro-credentials now. */
export async function readFacts(tx: Reader, codes: readonly string[], ctids: readonly string[]): Promise<Facts> {
  const institutions = await tx.query<InstitutionFact>('select institution_ctid as ctid, code, status from institution where code = any ($1::text[])', [codes]);
  const versions = await readVersions(tx, ctids);
  const byCode = new Map(institutions.map((institution) => [institution.code, institution]));
  return { institution: (code) => byCode.get(code), versionsOf: (ctid) => versions.get(ctid) ?? [] };
}

/** All known versions of these micro-credentials, ascending. */
async function readVersions(tx: Reader, ctids: readonly string[]): Promise<Map<string, MicroCredentialVersionFact[]>> {
  if (ctids.length === 0) return new Map();
  const rows = await tx.query<Record<keyof MicroCredentialVersionFact, never> & { ctid: string; expirationDate: string | null; creditValue: number | null }>(
    `select micro_credential_ctid as ctid, version, owned_by as "ownedBy", offered_by as "offeredBy", date_effective::text as "dateEffective", expiration_date::text as "expirationDate",
       is_non_credit as "isNonCredit", credit_value as "creditValue", competencies
     from micro_credential_version where micro_credential_ctid = any ($1::text[]) order by micro_credential_ctid, version`,
    [ctids],
  );
  const facts = rows.map((row): MicroCredentialVersionFact => ({
    ...row,
    expirationDate: row.expirationDate ?? undefined,
    creditValue: row.creditValue ?? undefined,
  }));
  return Map.groupBy(facts, ({ ctid }) => ctid);
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
export async function saveInstitution(tx: Transaction, { ctid, code, status }: InstitutionFact, version: number): Promise<void> {
  await tx.query(
    `insert into institution as i (institution_ctid, code, status, version) values ($1, $2, $3, $4)
     on conflict (institution_ctid) do update set code = excluded.code, status = excluded.status, version = excluded.version where i.version < excluded.version`,
    [ctid, code, status, version],
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
    `insert into micro_credential_version (micro_credential_ctid, version, owned_by, offered_by, date_effective, expiration_date, is_non_credit, credit_value, competencies)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (micro_credential_ctid, version) do nothing`,
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
    ],
  );
}
