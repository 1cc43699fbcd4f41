import { type Database, column } from '@mcr/database';
import { type AwardColumns, awardOf } from './award-row.ts';
import type { HeldAward } from '../domain/award/award.ts';

/** A credential as it was issued, with its award. */
export interface IssuedCredential {
  readonly award: HeldAward;
  readonly credentialId: string;
  readonly issuer: string;
  readonly kid: string;
  readonly statusListId: string;
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
      `select to_json(a) as award, c.credential_id as "credentialId", k.did as issuer, c.kid, c.status_list_id as "statusListId", c.document, c.jwt, encode(c.hash, 'hex') as hash,
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
       json_agg(json_build_object('kid', k.kid, 'publicKeyMultibase', k.public_key_multibase, 'activatedAt', k.activated_at, 'retiredAt', k.retired_at,
         'compromisedAt', k.compromised_at) order by k.activated_at, k.kid) as keys
     from issuer_key k join institution i using (institution_ctid)
     where k.did = any ($1::text[]) group by k.did, i.institution_ctid`,
    [dids],
  );

/** A published version of a micro-credential. */
export interface VersionOf {
  readonly ctid: string;
  readonly version: number;
}

/** The names of these versions; what was never published has none. */
export const namesOfVersions = (database: Database, versions: readonly VersionOf[]): Promise<(VersionOf & { readonly name: string })[]> =>
  database.query<VersionOf & { name: string }>(
    `select micro_credential_ctid as ctid, version, snapshot -> 'name' ->> 'en-CA' as name
     from micro_credential_version join unnest($1::text[], $2::int[]) as asked (micro_credential_ctid, version) using (micro_credential_ctid, version)
     where snapshot is not null`,
    [column(versions, ({ ctid }) => ctid), column(versions, ({ version }) => version)],
  );

/** The key with which the registry signs for the institution of that code now. */
export async function delegatedKeyOf(database: Database, code: string): Promise<{ readonly kid: string; readonly did: string } | undefined> {
  const [key] = await database.query<{ kid: string; did: string }>(
    `select k.kid, k.did from issuer_key k join institution i using (institution_ctid)
     where i.code = $1 and k.held_by = 'REGISTRY' and k.status = 'ACTIVE' order by k.activated_at desc limit 1`,
    [code],
  );
  return key;
}
