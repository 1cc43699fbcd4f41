import { dayInBritishColumbia } from '@mcr/event-kit';
import { ctidKey } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type Agreement, agreementColumns } from './agreement.ts';

const sql = `select ${agreementColumns('$2')} from registry.agreement g where g.id = any($1::text[])`;

/** One answer for each ctid, in the order asked; undefined where there is none. */
export async function agreementsByCtid(reader: Reader, ctids: readonly string[], asOf: Date): Promise<(Agreement | undefined)[]> {
  const wanted = ctids.map(ctidKey);
  const rows = await reader.query<Agreement>(sql, [wanted, dayInBritishColumbia(asOf)]);
  const found = new Map<string | null, Agreement>(rows.map((row) => [row.ctid, row]));
  return wanted.map((ctid) => found.get(ctid));
}
