import { ctidKey, keyText } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type Institution, institutionColumns } from './institution.ts';

const byCtid = `select ${institutionColumns} from registry.institution i where i.id = any($1::text[])`;
const byCode = `select ${institutionColumns} from registry.institution i where i.code = any($1::text[])`;

/** One answer for each ctid, in the order asked; undefined where there is none. */
export async function institutionsByCtid(reader: Reader, ctids: readonly string[]): Promise<(Institution | undefined)[]> {
  const wanted = ctids.map(ctidKey);
  const rows = await reader.query<Institution>(byCtid, [wanted]);
  const found = new Map<string | null, Institution>(rows.map((row) => [row.ctid, row]));
  return wanted.map((ctid) => found.get(ctid));
}

/** One answer for each code, in the order asked; undefined where there is none. */
export async function institutionsByCode(reader: Reader, codes: readonly string[]): Promise<(Institution | undefined)[]> {
  const rows = await reader.query<Institution>(byCode, [codes.map(keyText)]);
  const found = new Map(rows.map((row) => [row.code, row]));
  return codes.map((code) => found.get(code));
}
