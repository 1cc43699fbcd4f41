import { dayInBritishColumbia } from '@mcr/event-kit';
import { cursorOf } from '../../paging/cursor.ts';
import { type Counted, type Page, type PageRequest, checkFirst, pageOf } from '../../paging/page.ts';
import { ctidKey, keyText } from '../keys.ts';
import type { Reader } from '../reader.ts';
import { type Agreement, type AgreementStatus, agreementColumns, agreementStatus } from './agreement.ts';

export interface AgreementFilter {
  /** Codes of the institutions. */
  readonly sender?: string | null;
  readonly receiver?: string | null;
  /** The ctid of a micro-credential that it begins from. */
  readonly microCredential?: string | null;
  /** On the day of `asOf`. */
  readonly status?: AgreementStatus | null;
}

export interface AgreementsRequest extends PageRequest {
  readonly filter?: AgreementFilter;
  readonly asOf: Date;
}

const matching = `
  ($1::text is null or g.sender_id = (select min(i.id) from registry.institution i where i.code = $1))
  and ($2::text is null or g.receiver_id = (select min(i.id) from registry.institution i where i.code = $2))
  and ($3::text is null or exists (select from registry.agreement_from f where f.agreement_id = g.id and f.micro_credential_id = $3))
  and ($4::text is null or ${agreementStatus('$5')} = $4)
  and $5::date is not null`;

const sql = `
  select counted.total, page.*
  from (select count(*)::int as total from registry.agreement g where ${matching}) counted
  left join lateral (
    select ${agreementColumns('$5')}
    from (
      select * from registry.agreement g
      where ${matching} and ($7::date is null or (g.start_on, g.id) < ($7, $8 collate "C"))
      order by g.start_on desc, g.id desc
      limit $6
    ) g
  ) page on true
  order by page."startDate" desc, page.ctid desc`;

const cursor = cursorOf('agreements', 'date', 'ctid');

/** The transfer agreements that the filter leaves, the latest begun first. */
export async function agreements(reader: Reader, { filter = {}, asOf, first, after }: AgreementsRequest): Promise<Page<Agreement>> {
  checkFirst(first);
  const [startOn, ctid] = after ? cursor.read(after) : [];
  const { sender, receiver, microCredential, status } = filter;
  const params = [
    keyText(sender),
    keyText(receiver),
    ctidKey(microCredential),
    status ?? null,
    dayInBritishColumbia(asOf),
    first + 1,
    startOn ?? null,
    ctid ?? null,
  ];
  const rows = await reader.query<Agreement & Counted>(sql, params);
  return pageOf(rows, {
    first,
    has: (row) => row.ctid !== null,
    node: ({ total: _total, ...agreement }) => agreement,
    cursor: (row) => cursor.write(row.startDate, row.ctid),
  });
}
