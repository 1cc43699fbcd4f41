import { ctidKey } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type MicroCredential, type MicroCredentialRow, microCredentialColumns, microCredentialOf } from './micro-credential.ts';

/** One published version of a micro-credential, such as the one that an award is pinned to. */
export interface MicroCredentialKey {
  readonly ctid: string;
  readonly version: number;
}

const sql = `
  select ${microCredentialColumns}
  from unnest($1::text[], $2::int[]) wanted (ctid, version)
  join registry.micro_credential_version v on v.id = wanted.ctid and v.version = wanted.version
  left join registry.institution o on o.id = v.owned_by`;

/** The versions asked for, in the order asked; undefined where there is none. */
export async function microCredentialVersions(reader: Reader, keys: readonly MicroCredentialKey[]): Promise<(MicroCredential | undefined)[]> {
  const ctids = keys.map(({ ctid }) => ctidKey(ctid));
  const rows = await reader.query<MicroCredentialRow>(sql, [ctids, keys.map(({ version }) => version)]);
  const found = new Map(rows.map((row) => [`${row.ctid} ${row.version}`, microCredentialOf(row)]));
  return keys.map(({ version }, at) => found.get(`${ctids[at]} ${version}`));
}
