import { cursorOf } from '../../paging/cursor.ts';
import { type Counted, type Page, type PageRequest, checkFirst, pageOf } from '../../paging/page.ts';
import type { Reader } from '../reader.ts';
import { type AwardFilter, filterParameters, matching } from './award-filter.ts';
import { type Award, type AwardRow, awardColumns, awardJoins, awardOf } from './award.ts';

export interface AwardsRequest extends PageRequest {
  readonly filter?: AwardFilter;
  /** The moment whose status counts. */
  readonly asOf: Date;
}

/** The same in every list of awards, so that a cursor of one fits the other. */
export const awardCursor = cursorOf('awards', 'date', 'uuid');

const sql = `
  select counted.total, page.*
  from (select count(*)::int as total from registry.award a where ${matching}) counted
  left join lateral (
    select ${awardColumns}
    from (
      select a.id from registry.award a
      where ${matching} and ($7::date is null or (a.awarded_on, a.id) < ($7, $8::uuid))
      order by a.awarded_on desc, a.id desc
      limit $6
    ) entry ${awardJoins}
  ) page on true
  order by page."awardedDate" desc, page.uuid desc`;

/** The awards that the filter leaves, the latest awarded first. Who may see them is the caller's to decide. */
export async function awards(reader: Reader, { filter = {}, asOf, first, after }: AwardsRequest): Promise<Page<Award>> {
  checkFirst(first);
  const [awardedOn, id] = after ? awardCursor.read(after) : [];
  const rows = await reader.query<AwardRow & Counted>(sql, [...filterParameters(filter, asOf), first + 1, awardedOn ?? null, id ?? null]);
  return pageOf(rows, {
    first,
    has: (row) => row.uuid !== null,
    node: ({ total: _total, ...columns }) => awardOf(columns),
    cursor: (row) => awardCursor.write(row.awardedDate, row.uuid),
  });
}
