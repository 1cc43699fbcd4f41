import type { Database, Transaction } from '@mcr/database';

/** A share as its learner sees it. */
export interface Share {
  readonly shareId: string;
  readonly awardId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly views: number;
  readonly lastViewedAt: Date | null;
}

const columns = `share_id as "shareId", award_id as "awardId", created_at as "createdAt", expires_at as "expiresAt", ended_at as "endedAt", views,
  last_viewed_at as "lastViewedAt"`;

export async function insertShare(tx: Transaction, share: Share & { readonly learnerRef: string; readonly tokenHash: Buffer }): Promise<void> {
  await tx.query('insert into share (token_hash, share_id, award_id, learner_ref, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)', [
    share.tokenHash,
    share.shareId,
    share.awardId,
    share.learnerRef,
    share.createdAt,
    share.expiresAt,
  ]);
}

export async function countOpenShares(tx: Transaction, learnerRef: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*)::int as count from share where learner_ref = $1 and ended_at is null and expires_at > $2', [
    learnerRef,
    now,
  ]);
  return row!.count;
}

/** Ends it, unless it has ended. Undefined when the learner has none of this id. */
export async function endShareOf(tx: Transaction, learnerRef: string, shareId: string, now: Date): Promise<Share | undefined> {
  const [share] = await tx.query<Share>(
    `update share set ended_at = coalesce(ended_at, least($3::timestamptz, expires_at)) where learner_ref = $1 and share_id = $2 returning ${columns}`,
    [learnerRef, shareId, now],
  );
  return share;
}

export const sharesOf = (database: Database, learnerRef: string): Promise<Share[]> =>
  database.query<Share>(`select ${columns} from share where learner_ref = $1 order by created_at desc, share_id limit 500`, [learnerRef]);

/** The award that an open share shows, if it is `award`, where that is said. */
export async function awardSharedBy(database: Database, tokenHash: Buffer, now: Date, award?: string): Promise<string | undefined> {
  const [share] = await database.query<{ awardId: string }>(
    `select award_id as "awardId" from share where token_hash = $1 and ended_at is null and expires_at > $2 and ($3::uuid is null or award_id = $3)`,
    [tokenHash, now, award ?? null],
  );
  return share?.awardId;
}

/** Counts for the learner that a share was used; false when it is not open any more. */
export async function countView(database: Database, tokenHash: Buffer, now: Date): Promise<boolean> {
  const counted = await database.query(
    'update share set views = views + 1, last_viewed_at = $2 where token_hash = $1 and ended_at is null and expires_at > $2 returning share_id',
    [tokenHash, now],
  );
  return counted.length > 0;
}
