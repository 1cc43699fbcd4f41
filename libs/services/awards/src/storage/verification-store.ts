import type { IssuerKey, Signer } from '@mcr/credentials';
import type { Database } from '@mcr/database';
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
  async (database: Database, value: string | readonly string[]): Promise<IssuedCredential[]> => {
    const rows = await database.query<Omit<IssuedCredential, 'award'> & { award: AwardColumns }>(
      `select to_json(a) as award, c.credential_id as "credentialId", k.did as issuer, c.kid, c.signed_by as "signedBy", c.document, c.jwt, encode(c.hash, 'hex') as hash,
       a.received_at as "receivedAt", i.code as "institutionCode", i.snapshot -> 'name' as "institutionName",
       v.snapshot -> 'name' as "microCredentialName"
     from credential c
     join award a using (award_id)
     join issuer_key k on k.kid = c.kid
     join institution i on i.institution_ctid = a.institution_ctid
     join micro_credential_version v on v.micro_credential_ctid = a.micro_credential_ctid and v.version = a.micro_credential_version
     where ${condition}`,
      [value],
    );
    return rows.map((row) => ({ ...row, award: awardOf(row.award) }));
  };

/** By the id that stands in the credential. */
export const credentialById = async (database: Database, credentialId: string): Promise<IssuedCredential | undefined> =>
  (await issuedWhere('c.credential_id = $1')(database, credentialId))[0];

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

/** A key as awards knows it. */
export interface KeyFact {
  readonly kid: string;
  readonly publicKeyMultibase: string;
  readonly activatedAt: Date;
  readonly retiredAt: Date | null;
  readonly compromisedAt: Date | null;
}

/** Keys as a verification knows them. */
export const issuerKeysOf = (keys: readonly KeyFact[]): IssuerKey[] =>
  keys.map(({ kid, publicKeyMultibase, activatedAt, retiredAt, compromisedAt }) => ({
    id: kid,
    publicKeyMultibase,
    activatedAt: activatedAt.toISOString(),
    ...(retiredAt && { retiredAt: retiredAt.toISOString() }),
    ...(compromisedAt && { compromisedAt: compromisedAt.toISOString() }),
  }));

/** An issuer of the registry's own: its name, what it was since when, and every key that it ever had. */
export interface IssuerFact {
  readonly name: { readonly 'en-CA': string };
  readonly standings: readonly { readonly status: string; readonly since: string }[];
  readonly keys: readonly KeyFact[];
}

const keyColumns = `kid, public_key_multibase as "publicKeyMultibase", activated_at as "activatedAt", retired_at as "retiredAt", compromised_at as "compromisedAt"`;

/** The institution of that code as a signer: its DID, which is that of its newest key, and every key under it. Undefined for one that never had a key. */
export async function signerOf(database: Database, code: string): Promise<Signer | undefined> {
  const keys = await database.query<KeyFact & { did: string }>(
    `select ${keyColumns}, did from issuer_key join institution using (institution_ctid) where code = $1 order by activated_at, kid`,
    [code],
  );
  const did = keys.at(-1)?.did;
  return did === undefined ? undefined : { did, keys: issuerKeysOf(keys.filter((key) => key.did === did)) };
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

/** The institution of that DID; undefined for a DID under which no key was ever active. */
export async function issuerByDid(database: Database, did: string): Promise<IssuerFact | undefined> {
  const keys = await database.query<KeyFact & { institutionCtid: string }>(
    `select ${keyColumns}, institution_ctid as "institutionCtid" from issuer_key where did = $1 order by activated_at, kid`,
    [did],
  );
  const [first] = keys;
  if (!first) return undefined;
  const [institution] = await database.query<Omit<IssuerFact, 'keys'>>(
    `select i.snapshot -> 'name' as name,
       (select json_agg(json_build_object('status', s.status, 'since', s.since) order by s.version) from institution_standing s
        where s.institution_ctid = i.institution_ctid) as standings
     from institution i where i.institution_ctid = $1`,
    [first.institutionCtid],
  );
  return institution && { ...institution, keys };
}

/** The name of a published version of a micro-credential; of the latest, where none is said. */
export async function nameOfVersion(database: Database, ctid: string, version: number | undefined): Promise<string | undefined> {
  const [row] = await database.query<{ name: string }>(
    `select snapshot -> 'name' ->> 'en-CA' as name from micro_credential_version
     where micro_credential_ctid = $1 and ($2::int is null or version = $2) order by version desc limit 1`,
    [ctid, version ?? null],
  );
  return row?.name;
}

/** The key with which the registry signs for the institution of that code now. */
export async function delegatedKeyOf(database: Database, code: string): Promise<{ readonly kid: string; readonly did: string } | undefined> {
  const [key] = await database.query<{ kid: string; did: string }>(
    `select k.kid, k.did from issuer_key k join institution i using (institution_ctid)
     where i.code = $1 and k.held_by = 'REGISTRY' and k.status = 'ACTIVE' order by k.activated_at desc limit 1`,
    [code],
  );
  return key;
}
