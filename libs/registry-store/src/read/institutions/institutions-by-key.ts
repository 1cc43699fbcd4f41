import type { Reader } from '../reader.ts';
import { type Institution, institutionColumns } from './institution.ts';

const byCtid = `select ${institutionColumns} from registry.institution i where i.ctid = any($1::text[])`;
const byCode = `select ${institutionColumns} from registry.institution i where i.code = any($1::text[])`;

/** One answer for each ctid, in the order asked; undefined where there is none. */
export async function institutionsByCtid(reader: Reader, ctids: readonly string[]): Promise<(Institution | undefined)[]> {
  const rows = await reader.query<Institution>(byCtid, [ctids]);
  const found = new Map(rows.map((row) => [row.ctid, row]));
  return ctids.map((ctid) => found.get(ctid));
}

/** One answer for each code, in the order asked; undefined where there is none. */
export async function institutionsByCode(reader: Reader, codes: readonly string[]): Promise<(Institution | undefined)[]> {
  const rows = await reader.query<Institution>(byCode, [codes]);
  const found = new Map(rows.map((row) => [row.code, row]));
  return codes.map((code) => found.get(code));
}
