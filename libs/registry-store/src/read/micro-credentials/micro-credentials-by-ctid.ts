import { ctidKey } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type MicroCredential, type MicroCredentialRow, microCredentialColumns, microCredentialOf } from './micro-credential.ts';

const sql = `
  select ${microCredentialColumns}
  from registry.micro_credential m
  join registry.micro_credential_version v on v.id = m.id and v.version = m.current_version
  left join registry.institution o on o.id = v.owned_by
  where m.id = any($1::text[])`;

/** The current version of each micro-credential, in the order asked; undefined where there is none. */
export async function microCredentialsByCtid(reader: Reader, ctids: readonly string[]): Promise<(MicroCredential | undefined)[]> {
  const wanted = ctids.map(ctidKey);
  const rows = await reader.query<MicroCredentialRow>(sql, [wanted]);
  const found = new Map<string | null, MicroCredential>(rows.map((row) => [row.ctid, microCredentialOf(row)]));
  return wanted.map((ctid) => found.get(ctid));
}
