import type { Reader } from '../reader.ts';
import { type AwardFilter, filterParameters, matching } from './award-filter.ts';

const sql = `select count(*)::int as total from registry.award a where ${matching}`;

/** How many awards the filter leaves at `asOf`: for whoever may know the number and no more. */
export async function countAwards(reader: Reader, filter: AwardFilter, asOf: Date): Promise<number> {
  const [row] = await reader.query<{ total: number }>(sql, filterParameters(filter, asOf));
  return row?.total ?? 0;
}
