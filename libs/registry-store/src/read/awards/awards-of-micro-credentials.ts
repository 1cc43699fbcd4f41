import { type Counted, type Page, type PageRequest, checkFirst, pageOf } from '../../paging/page.ts';
import { ctidKey, keyText } from '../keys.ts';
import type { Reader } from '../reader.ts';
import type { AwardFilter } from './award-filter.ts';
import { type Award, type AwardRow, awardColumns, awardJoins, awardOf, hasStatus, momentParameters } from './award.ts';
import { awardCursor } from './awards.ts';

export interface AwardsOfMicroCredentialsRequest extends PageRequest {
  readonly microCredentials: readonly string[];
  readonly filter?: Omit<AwardFilter, 'microCredential'>;
  readonly asOf: Date;
}

const matching = `
  a.micro_credential_id = wanted.ctid
  and ($2::text is null or a.institution_id = (select min(i.id) from registry.institution i where i.code = $2))
  and ($3::text is null or ${hasStatus})`;

const sql = `
  select wanted.ctid as "wantedCtid", counted.total, page.*
  from unnest($1::text[]) wanted (ctid)
  cross join lateral (select count(*)::int as total from registry.award a where ${matching}) counted
  left join lateral (
    select ${awardColumns}
    from (
      select a.id from registry.award a
      where ${matching} and ($7::date is null or (a.awarded_on, a.id) < ($7, $8::uuid))
      order by a.awarded_on desc, a.id desc
      limit $6
    ) entry ${awardJoins}
  ) page on true
  order by wanted.ctid, page."awardedDate" desc, page.uuid desc`;

type Row = AwardRow & Counted & { wantedCtid: string };

/** One page for each micro-credential, in the order asked: what `awards` would answer for each, in one statement. */
export async function awardsOfMicroCredentials(reader: Reader, request: AwardsOfMicroCredentialsRequest): Promise<Page<Award>[]> {
  const { microCredentials, filter = {}, asOf, first, after } = request;
  checkFirst(first);
  const [awardedOn, id] = after ? awardCursor.read(after) : [];
  const wanted = microCredentials.map((ctid) => ctidKey(ctid)!);
  const params = [
    [...new Set(wanted)],
    keyText(filter.institution),
    filter.status ?? null,
    ...momentParameters(asOf),
    first + 1,
    awardedOn ?? null,
    id ?? null,
  ];
  const found = Map.groupBy(await reader.query<Row>(sql, params), (row) => row.wantedCtid);
  return wanted.map((ctid) =>
    pageOf(found.get(ctid) ?? [], {
      first,
      has: (row) => row.uuid !== null,
      node: ({ total: _total, wantedCtid: _wanted, ...columns }) => awardOf(columns),
      cursor: (row) => awardCursor.write(row.awardedDate, row.uuid),
    }),
  );
}
