import type { Reader } from '../reader.ts';
import { type Agreement, agreementColumns } from './agreement.ts';

const sql = `select ${agreementColumns('$2')} from registry.agreement g where g.ctid = any($1::text[])`;

/** One answer for each ctid, in the order asked; undefined where there is none. */
export async function agreementsByCtid(reader: Reader, ctids: readonly string[], asOf: Date): Promise<(Agreement | undefined)[]> {
  const wanted = ctids.map((ctid) => ctid.toLowerCase());
  const rows = await reader.query<Agreement>(sql, [wanted, asOf]);
  const found = new Map(rows.map((row) => [row.ctid, row]));
  return wanted.map((ctid) => found.get(ctid));
}
