import { randomUUID } from 'node:crypto';
import { type Database, type Transaction, column } from '@mcr/database';

/** A list with the bits of the entries that some credential has. */
export interface OpenList {
  readonly listId: string;
  readonly institutionCtid: string;
  readonly number: number;
  readonly entries: number;
  readonly allocated: Buffer;
  readonly used: number;
}

/** The newest list of each institution, locked until the transaction ends, in one order for all who do. */
export const lockNewestLists = (tx: Transaction, institutionCtids: readonly string[]): Promise<OpenList[]> =>
  tx.query<OpenList>(
    `select l.list_id as "listId", l.institution_ctid as "institutionCtid", l.number, l.entries, l.allocated, l.used from status_list l
     where l.institution_ctid = any ($1::text[])
       and l.number = (select max(n.number) from status_list n where n.institution_ctid = l.institution_ctid)
     order by l.institution_ctid for update of l`,
    [institutionCtids],
  );

/** Begins lists. Whoever else began the same one meanwhile has begun it for both. */
export async function insertLists(
  tx: Transaction,
  lists: readonly { readonly institutionCtid: string; readonly number: number }[],
  entries: number,
): Promise<void> {
  await tx.query(
    `insert into status_list (list_id, institution_ctid, number, entries, allocated, used)
     select list_id, institution_ctid, number, $4, $5, 0 from unnest($1::uuid[], $2::text[], $3::int[]) as r (list_id, institution_ctid, number)
     order by institution_ctid
     on conflict (institution_ctid, number) do nothing`,
    [
      column(lists, () => randomUUID()),
      column(lists, ({ institutionCtid }) => institutionCtid),
      column(lists, ({ number }) => number),
      entries,
      Buffer.alloc(Math.ceil(entries / 8)),
    ],
  );
}

export async function updateLists(tx: Transaction, lists: readonly OpenList[]): Promise<void> {
  await tx.query(
    `update status_list l set allocated = r.allocated, used = r.used
     from unnest($1::uuid[], $2::bytea[], $3::int[]) as r (list_id, allocated, used) where l.list_id = r.list_id`,
    [column(lists, ({ listId }) => listId), lists.map(({ allocated }) => allocated), column(lists, ({ used }) => used)],
  );
}

export type Purpose = 'revocation' | 'suspension';

/** Which status of an award sets its bit. */
const SETS: Readonly<Record<Purpose, string>> = { revocation: 'REVOKED', suspension: 'SUSPENDED' };

/** A list as it has to be published now: whose it is, and which bits are set. */
export interface ListState {
  readonly institutionCtid: string;
  readonly entries: number;
  readonly set: number[];
  /** The key with which the registry signs for the institution, if there is one. */
  readonly kid: string | null;
  readonly did: string | null;
}

export async function readListState(database: Database, listId: string, purpose: Purpose): Promise<ListState | undefined> {
  const [state] = await database.query<ListState>(
    `select l.institution_ctid as "institutionCtid", l.entries, k.kid, k.did,
       (select coalesce(array_agg(c.status_list_index order by c.status_list_index), '{}') from credential c join award a using (award_id)
        where c.status_list_id = l.list_id and a.status = $2) as set
     from status_list l
     left join lateral (
       select kid, did from issuer_key
       where institution_ctid = l.institution_ctid and held_by = 'REGISTRY' and status = 'ACTIVE' order by activated_at desc limit 1) k on true
     where l.list_id = $1`,
    [listId, SETS[purpose]],
  );
  return state;
}

/** A list as the world reads it. */
export interface PublishedList {
  /** The key that signed it. */
  readonly kid: string;
  readonly document: string;
  readonly etag: string;
  readonly bitsHash: Buffer;
  readonly signedAt: Date;
  readonly validUntil: Date;
}

/** Which list is meant. */
export interface ListName {
  readonly listId: string;
  readonly purpose: Purpose;
}

/**
 * A list as it was published; `version` is how often. `signs` is whether its key is an institution's that may still sign: nobody believes a list whose key is retired.
 * `delegated` is whether the registry signs for its institution now.
 */
export type KeptList = PublishedList & ListName & { readonly version: number; readonly signs: boolean; readonly delegated: boolean };

/** Those of these lists that were ever published. One statement, however many there are. */
export const readPublishedLists = (database: Database, names: readonly ListName[]): Promise<KeptList[]> =>
  database.query<KeptList>(
    `select p.list_id as "listId", p.purpose, p.kid, p.document, p.etag, p.bits_hash as "bitsHash", p.signed_at as "signedAt", p.valid_until as "validUntil", p.version,
       exists (select from issuer_key k where k.kid = p.kid and k.status = 'ACTIVE') as signs,
       exists (select from issuer_key k join status_list l using (institution_ctid)
         where l.list_id = p.list_id and k.held_by = 'REGISTRY' and k.status = 'ACTIVE') as delegated
     from published_status_list p join unnest($1::uuid[], $2::text[]) as asked (list_id, purpose) using (list_id, purpose)`,
    [column(names, ({ listId }) => listId), column(names, ({ purpose }) => purpose)],
  );

/**
 * Keeps what is published in the place of the version `after`, or as the first, and answers its version. Undefined where another one is there by now: that may
 * have been made of newer bits.
 */
export async function keepPublishedList(tx: Transaction, { listId, purpose }: ListName, list: PublishedList, after?: number): Promise<number | undefined> {
  const [kept] = await tx.query<{ version: number }>(
    `insert into published_status_list as kept (list_id, purpose, bits_hash, kid, document, etag, signed_at, valid_until, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
     on conflict (list_id, purpose) do update set bits_hash = excluded.bits_hash, kid = excluded.kid, document = excluded.document, etag = excluded.etag,
       signed_at = excluded.signed_at, valid_until = excluded.valid_until, version = kept.version + 1 where kept.version = $9
     returning version`,
    [listId, purpose, list.bitsHash, list.kid, list.document, list.etag, list.signedAt, list.validUntil, after ?? null],
  );
  return kept?.version;
}

const listsWhere =
  (condition: string) =>
  async (database: Database, awardIds: readonly string[]): Promise<string[]> => {
    const rows = await database.query<{ listId: string }>(
      `select distinct c.status_list_id as "listId" from credential c join award a using (award_id) 
       where c.award_id = any ($1::uuid[]) and c.status_list_id is not null and ${condition} order by 1`,
      [awardIds],
    );
    return rows.map(({ listId }) => listId);
  };

/** The lists in which these awards have an entry; and those in which the revoked ones among them have. */
export const listsOfAwards = listsWhere('true');
export const listsOfRevokedAwards = listsWhere(`a.status = 'REVOKED'`);
