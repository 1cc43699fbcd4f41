import { cursorOf } from '../../paging/cursor.ts';
import { type Counted, type Page, type PageRequest, checkFirst, pageOf } from '../../paging/page.ts';
import { keyText } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type Pathway, pathwayColumns } from './pathway.ts';

export interface PathwayFilter {
  /** The code of the owner. */
  readonly institution?: string | null;
  readonly kind?: string | null;
  readonly destinationType?: string | null;
  readonly status?: string | null;
}

export interface PathwaysRequest extends PageRequest {
  readonly filter?: PathwayFilter;
}

const matching = `
  ($1::text is null or p.owner_id = (select min(i.id) from registry.institution i where i.code = $1))
  and ($2::text is null or p.kind = $2) and ($3::text is null or p.destination_type = $3) and ($4::text is null or p.status = $4)`;

const sql = `
  select counted.total, page.*
  from (select count(*)::int as total from registry.pathway p where ${matching}) counted
  left join lateral (
    select ${pathwayColumns}, p.sort_name as "sortName"
    from (
      select * from registry.pathway p
      where ${matching} and ($6::text is null or (p.sort_name, p.id) > ($6 collate "C", $7 collate "C"))
      order by p.sort_name, p.id
      limit $5
    ) p
  ) page on true
  order by page."sortName", page.ctid`;

const cursor = cursorOf('pathways', 'text', 'ctid');

/** The pathways that the filter leaves, by name. */
export async function pathways(reader: Reader, { filter = {}, first, after }: PathwaysRequest): Promise<Page<Pathway>> {
  checkFirst(first);
  const [sortName, ctid] = after ? cursor.read(after) : [];
  const { institution, kind, destinationType, status } = filter;
  const params = [keyText(institution), kind ?? null, destinationType ?? null, status ?? null, first + 1, sortName ?? null, ctid ?? null];
  const rows = await reader.query<Pathway & Counted & { sortName: string }>(sql, params);
  return pageOf(rows, {
    first,
    has: (row) => row.ctid !== null,
    node: ({ total: _total, sortName: _sortName, ...pathway }) => pathway,
    cursor: (row) => cursor.write(row.sortName, row.ctid),
  });
}
