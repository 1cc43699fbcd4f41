import { column, type Transaction } from '@mcr/database';

/** The sealed particulars of one award. */
export interface ParticularsRow {
  /** A UUID. */
  readonly awardId: string;
  readonly sealed: Buffer;
}

/** Keeps the particulars of new awards. */
export async function insertParticulars(tx: Transaction, rows: readonly ParticularsRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(`insert into award_particulars (award_id, sealed) select id, decode(sealed, 'hex') from unnest($1::uuid[], $2::text[]) as r (id, sealed)`, [
    column(rows, ({ awardId }) => awardId),
    column(rows, ({ sealed }) => sealed.toString('hex')),
  ]);
}
