import { cursorOf } from '../../paging/cursor.ts';
import { type Counted, type Page, type PageRequest, checkFirst, pageOf } from '../../paging/page.ts';
import { keyText } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type Institution, institutionColumns } from './institution.ts';

export interface InstitutionFilter {
  readonly status?: string | null;
  readonly agentType?: string | null;
  readonly region?: string | null;
}
export type InstitutionOrder = 'CODE' | 'NAME';

export interface InstitutionsRequest extends PageRequest {
  readonly filter?: InstitutionFilter;
  readonly orderBy?: InstitutionOrder;
}

const sortKeys: Record<InstitutionOrder, string> = { CODE: `i.code collate "C"`, NAME: 'i.sort_name' };

const matching = `($1::text is null or i.status = $1) and ($2::text is null or i.agent_type = $2) and ($3::text is null or i.region = $3)`;

const sql = (sortKey: string) => `
  select counted.total, page.*
  from (select count(*)::int as total from registry.institution i where ${matching}) counted
  left join lateral (
    select ${institutionColumns}, ${sortKey} as "sortKey"
    from registry.institution i
    where ${matching} and ($5::text is null or (${sortKey}, i.id) > ($5 collate "C", $6 collate "C"))
    order by ${sortKey}, i.id
    limit $4
  ) page on true
  order by page."sortKey", page.ctid`;

/** The institutions of the registry, whatever their state, by code or by name. */
export async function institutions(reader: Reader, { filter = {}, orderBy = 'CODE', first, after }: InstitutionsRequest): Promise<Page<Institution>> {
  checkFirst(first);
  const cursor = cursorOf(`institutions.${orderBy}`, 'text', 'ctid');
  const [sortKey, ctid] = after ? cursor.read(after) : [];
  const params = [keyText(filter.status), keyText(filter.agentType), keyText(filter.region), first + 1, sortKey ?? null, ctid ?? null];
  const rows = await reader.query<Institution & Counted & { sortKey: string }>(sql(sortKeys[orderBy]), params);
  return pageOf(rows, {
    first,
    has: (row) => row.ctid !== null,
    node: ({ total: _total, sortKey: _sortKey, ...institution }) => institution,
    cursor: (row) => cursor.write(row.sortKey, row.ctid),
  });
}
