import { ctidKey } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type Pathway, pathwayColumns } from './pathway.ts';

const sql = `select ${pathwayColumns} from registry.pathway p where p.id = any($1::text[])`;

/** One answer for each ctid, in the order asked; undefined where there is none. */
export async function pathwaysByCtid(reader: Reader, ctids: readonly string[]): Promise<(Pathway | undefined)[]> {
  const wanted = ctids.map(ctidKey);
  const rows = await reader.query<Pathway>(sql, [wanted]);
  const found = new Map<string | null, Pathway>(rows.map((row) => [row.ctid, row]));
  return wanted.map((ctid) => found.get(ctid));
}
