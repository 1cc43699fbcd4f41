import type { IssuerKey, Signer } from '@mcr/credentials';
import { type Database, column } from '@mcr/database';
import { type AwardColumns, awardOf } from './award-row.ts';
import type { HeldAward } from '../domain/award/award.ts';

/** A credential as it was issued, with its award. */
export interface IssuedCredential {
  readonly award: HeldAward;
  readonly credentialId: string;
  readonly issuer: string;
  readonly kid: string;
  /** By whom it was signed: by the registry in the institution's name, or by the institution itself; then it may be a JWT. */
  readonly signedBy: 'REGISTRY' | 'INSTITUTION';
  /** Null for one that has no entry in a list of the registry. */
  readonly statusListId: string | null;
  readonly document: string;
  readonly jwt: string | null;
  readonly hash: string;
  readonly receivedAt: Date;
  readonly institutionCode: string;
  readonly institutionName: { readonly 'en-CA': string };
  readonly microCredentialName: { readonly 'en-CA': string };
}

const issuedWhere =
  (condition: string) =>
  async (database: Database, values: readonly string[]): Promise<IssuedCredential[]> => {
    const rows = await database.query<Omit<IssuedCredential, 'award'> & { award: AwardColumns }>(
      `select to_json(a) as award, c.credential_id as "credentialId", k.did as issuer, c.kid, c.signed_by as "signedBy", c.status_list_id as "statusListId", c.document, c.jwt, encode(c.hash, 'hex') as hash,
       a.received_at as "receivedAt", i.code as "institutionCode", i.snapshot -> 'name' as "institutionName",
       v.snapshot -> 'name' as "microCredentialName"
     from credential c
     join award a using (award_id)
     join issuer_key k on k.kid = c.kid
     join institution i on i.institution_ctid = a.institution_ctid
     join micro_credential_version v on v.micro_credential_ctid = a.micro_credential_ctid and v.version = a.micro_credential_version
     where ${condition}`,
      [values],
    );
    return rows.map((row) => ({ ...row, award: awardOf(row.award) }));
  };

/** By the ids that stand in the credentials. */
export const credentialsById = issuedWhere('c.credential_id = any ($1::text[])');

/** By the UUIDs of awards. */
export const credentialsOfAwards = issuedWhere('c.award_id = any ($1::uuid[])');

/** Keeps the form as a JWT. The first one stays: whoever was handed it holds that. */
export async function keepJwt(database: Database, credentialId: string, jwt: string): Promise<string> {
  const [row] = await database.query<{ jwt: string }>('update credential set jwt = coalesce(jwt, $2) where credential_id = $1 returning jwt', [
    credentialId,
    jwt,
  ]);
  return row!.jwt;
}

/** A key as awards knows it; its instants are ISO 8601. */
export interface KeyFact {
  readonly kid: string;
  readonly publicKeyMultibase: string;
  readonly activatedAt: string;
  readonly retiredAt: string | null;
  readonly compromisedAt: string | null;
}

const instant = (text: string): string => new Date(text).toISOString();

/** Keys as a verification knows them. */
export const issuerKeysOf = (keys: readonly KeyFact[]): IssuerKey[] =>
  keys.map(({ kid, publicKeyMultibase, activatedAt, retiredAt, compromisedAt }) => ({
    id: kid,
    publicKeyMultibase,
    activatedAt: instant(activatedAt),
    ...(retiredAt !== null && { retiredAt: instant(retiredAt) }),
    ...(compromisedAt !== null && { compromisedAt: instant(compromisedAt) }),
  }));

const keyAsJson = `json_build_object('kid', k.kid, 'publicKeyMultibase', k.public_key_multibase, 'activatedAt', k.activated_at, 'retiredAt', k.retired_at,
         'compromisedAt', k.compromised_at)`;

/** The institution of that code as a signer: its DID, which is that of its newest key, and every key under it. Undefined for one that never had a key. */
export async function signerOf(database: Database, code: string): Promise<Signer | undefined> {
  const keys = await database.query<{ key: KeyFact; did: string }>(
    `select ${keyAsJson} as key, k.did from issuer_key k join institution i using (institution_ctid) where i.code = $1 order by k.activated_at, k.kid`,
    [code],
  );
  const did = keys.at(-1)?.did;
  return did === undefined ? undefined : { did, keys: issuerKeysOf(keys.flatMap((each) => (each.did === did ? [each.key] : []))) };
}

/** Those of these credential ids that some award's credential has, or will have. */
export async function takenCredentialIds(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await database.query<{ id: string }>(
    `select credential_id as id from credential where credential_id = any ($1::text[])
     union select credential_id from award_particulars where credential_id = any ($1::text[])`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** An issuer of the registry's own: its name, what it was since when, and every key that it ever had. */
export interface IssuerFact {
  readonly did: string;
  readonly name: { readonly 'en-CA': string };
  readonly standings: readonly { readonly status: string; readonly since: string }[];
  readonly keys: readonly KeyFact[];
}

/** The institutions of these DIDs; a DID under which no key was ever active has none. One statement, however many there are. */
export const issuersByDid = (database: Database, dids: readonly string[]): Promise<IssuerFact[]> =>
  database.query<IssuerFact>(
    `select k.did, i.snapshot -> 'name' as name,
       (select json_agg(json_build_object('status', s.status, 'since', s.since) order by s.version) from institution_standing s
        where s.institution_ctid = i.institution_ctid) as standings,
       json_agg(${keyAsJson} order by k.activated_at, k.kid) as keys
     from issuer_key k join institution i using (institution_ctid)
     where k.did = any ($1::text[]) group by k.did, i.institution_ctid`,
    [dids],
  );

/** A published version of a micro-credential; the latest, where none is said. */
export interface VersionOf {
  readonly ctid: string;
  readonly version: number | null;
}

/** The names of these versions; what was never published has none. */
export const namesOfVersions = (database: Database, versions: readonly VersionOf[]): Promise<(VersionOf & { readonly name: string })[]> =>
  database.query<VersionOf & { name: string }>(
    `select distinct on (asked.ctid, asked.version) asked.ctid, asked.version, v.snapshot -> 'name' ->> 'en-CA' as name
     from unnest($1::text[], $2::int[]) as asked (ctid, version)
     join micro_credential_version v on v.micro_credential_ctid = asked.ctid and (asked.version is null or v.version = asked.version)
     where v.snapshot is not null order by asked.ctid, asked.version, v.version desc`,
    [column(versions, ({ ctid }) => ctid), column(versions, ({ version }) => version)],
  );

/** A key with which the registry signs for an institution. */
export interface DelegatedKey {
  readonly kid: string;
  readonly did: string;
  readonly institutionCtid: string;
}

/** The key with which the registry signs for the institution of that code now. */
export async function delegatedKeyOf(database: Database, code: string): Promise<DelegatedKey | undefined> {
  const [key] = await database.query<DelegatedKey>(
    `select k.kid, k.did, institution_ctid as "institutionCtid" from issuer_key k join institution i using (institution_ctid)
     where i.code = $1 and k.held_by = 'REGISTRY' and k.status = 'ACTIVE' order by k.activated_at desc limit 1`,
    [code],
  );
  return key;
}
