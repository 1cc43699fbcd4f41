import { type CursorKind, cursorOf } from '../../paging/cursor.ts';
import { type Counted, type Page, type PageRequest, checkFirst, pageOf } from '../../paging/page.ts';
import { keyText } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { found } from './found.ts';
import { type MicroCredential, type MicroCredentialRow, microCredentialColumns, microCredentialOf } from './micro-credential.ts';
import { searchText } from './search-text.ts';

export interface MicroCredentialFilter {
  /** The code of an institution that owns or offers it. */
  readonly institution?: string | null;
  readonly status?: string | null;
  readonly isNonCredit?: boolean | null;
  /** Bounds of totalHours, both included. */
  readonly minHours?: number | null;
  readonly maxHours?: number | null;
}
export type MicroCredentialOrder = 'RELEVANCE' | 'NAME' | 'TOTAL_HOURS' | 'NEWEST';

export interface MicroCredentialsRequest extends PageRequest {
  /** Words in English or French, in any case, with or without accents. Empty: everything. */
  readonly search?: string | null;
  readonly filter?: MicroCredentialFilter;
  /** RELEVANCE unless said otherwise; without search text that is the same as NAME. */
  readonly orderBy?: MicroCredentialOrder;
}

/** What comes first, ascending; entries of equal rank follow by name. */
const ranks: Record<MicroCredentialOrder, string> = {
  RELEVANCE: '-found.score',
  NAME: '0',
  TOTAL_HOURS: 'v.total_hours',
  NEWEST: `date '2000-01-01' - v.date_effective`,
};

const sql = (rank: string) => `
  with ${found},
  matching as materialized (
    select v.id, v.version, round((${rank})::numeric, 6) as rank, v.sort_name
    from found
    join registry.micro_credential_version v on v.id = found.id and v.version = found.version
    where ($2::text is null or (select min(i.id) from registry.institution i where i.code = $2) = any(v.offered_by || v.owned_by))
      and ($3::text is null or v.status = $3) and ($4::boolean is null or v.is_non_credit = $4)
      and ($5::numeric is null or v.total_hours >= $5) and ($6::numeric is null or v.total_hours <= $6)
  ), page as (
    select * from matching m
    where $8::numeric is null or (m.rank, m.sort_name, m.id) > ($8, $9 collate "C", $10 collate "C")
    order by m.rank, m.sort_name, m.id
    limit $7
  )
  select counted.total, entry.*
  from (select count(*)::int as total from matching) counted
  left join lateral (
    select ${microCredentialColumns}, page.rank::text, page.sort_name as "sortName"
    from page
    join registry.micro_credential_version v on v.id = page.id and v.version = page.version
    left join registry.institution o on o.id = v.owned_by
  ) entry on true
  order by entry.rank::numeric, entry."sortName", entry.ctid`;

type Row = MicroCredentialRow & Counted & { rank: string; sortName: string };

function parameters({ search, filter = {}, first, after }: MicroCredentialsRequest, cursor: CursorKind): unknown[] {
  const [rank, sortName, ctid] = after ? cursor.read(after) : [];
  const { institution, status, isNonCredit, minHours, maxHours } = filter;
  const left = [searchText(search), keyText(institution), keyText(status), isNonCredit ?? null, minHours ?? null, maxHours ?? null];
  return [...left, first + 1, rank ?? null, sortName ?? null, ctid ?? null];
}

/** The catalogue: the current version of every micro-credential that the text and the filter leave. */
export async function microCredentials(reader: Reader, request: MicroCredentialsRequest): Promise<Page<MicroCredential>> {
  checkFirst(request.first);
  const orderBy = request.orderBy ?? 'RELEVANCE';
  const cursor = cursorOf(`microCredentials.${orderBy}`, 'number', 'text', 'ctid');
  const rows = await reader.query<Row>(sql(ranks[orderBy]), parameters(request, cursor));
  return pageOf(rows, {
    first: request.first,
    has: (row) => row.ctid !== null,
    node: ({ total: _total, rank: _rank, sortName: _sortName, ...columns }) => microCredentialOf(columns),
    cursor: (row) => cursor.write(row.rank, row.sortName, row.ctid),
  });
}
