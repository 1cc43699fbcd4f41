import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '@mcr/database';

/** A list with the bits of the entries that some credential has. */
export interface OpenList {
  readonly listId: string;
  readonly number: number;
  readonly entries: number;
  readonly allocated: Buffer;
  readonly used: number;
}

/** The newest list of an institution, locked until the transaction ends. */
export async function lockNewestList(tx: Transaction, institutionCtid: string): Promise<OpenList | undefined> {
  const [list] = await tx.query<OpenList>(
    `select list_id as "listId", number, entries, allocated, used from status_list where institution_ctid = $1 order by number desc limit 1 for update`,
    [institutionCtid],
  );
  return list;
}

/** Begins a list. Whoever else began the same one meanwhile has begun it for both. */
export async function insertList(tx: Transaction, institutionCtid: string, number: number, entries: number): Promise<void> {
  await tx.query(
    `insert into status_list (list_id, institution_ctid, number, entries, allocated, used) values ($1, $2, $3, $4, $5, 0)
     on conflict (institution_ctid, number) do nothing`,
    [randomUUID(), institutionCtid, number, entries, Buffer.alloc(Math.ceil(entries / 8))],
  );
}

export async function updateList(tx: Transaction, { listId, allocated, used }: OpenList): Promise<void> {
  await tx.query('update status_list set allocated = $2, used = $3 where list_id = $1', [listId, allocated, used]);
}

export type Purpose = 'revocation' | 'suspension';

/** Which status of an award sets its bit. */
const SETS: Readonly<Record<Purpose, string>> = { revocation: 'REVOKED', suspension: 'SUSPENDED' };

/** A list as it has to be published now: whose it is, and which bits are set. */
export interface ListState {
  readonly institutionCtid: string;
  readonly entries: number;
  readonly set: number[];
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

/** `signs` is whether its key may still sign: nobody believes a list whose key is retired. */
export async function readPublishedList(database: Database, listId: string, purpose: Purpose): Promise<(PublishedList & { signs: boolean }) | undefined> {
  const [list] = await database.query<PublishedList & { signs: boolean }>(
    `select p.kid, p.document, p.etag, p.bits_hash as "bitsHash", p.signed_at as "signedAt", p.valid_until as "validUntil",
       exists (select from issuer_key k where k.kid = p.kid and k.status = 'ACTIVE') as signs
     from published_status_list p where p.list_id = $1 and p.purpose = $2`,
    [listId, purpose],
  );
  return list;
}

/** Keeps what is published. What was signed later is never replaced by what was signed before. */
export async function keepPublishedList(database: Database, listId: string, purpose: Purpose, list: PublishedList): Promise<void> {
  await database.query(
    `insert into published_status_list as kept (list_id, purpose, bits_hash, kid, document, etag, signed_at, valid_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (list_id, purpose) do update set bits_hash = excluded.bits_hash, kid = excluded.kid, document = excluded.document, etag = excluded.etag,
       signed_at = excluded.signed_at, valid_until = excluded.valid_until where kept.signed_at < excluded.signed_at`,
    [listId, purpose, list.bitsHash, list.kid, list.document, list.etag, list.signedAt, list.validUntil],
  );
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
