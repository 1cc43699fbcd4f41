import { column, type Transaction } from '@mcr/database';

/** The sealed particulars of one award. */
export interface ParticularsRow {
  /** A UUID. */
  readonly awardId: string;
  readonly sealed: Buffer;
  /** Of the credential that the institution signed itself. No two awards may have the same. */
  readonly credentialId?: string;
}

/** Keeps the particulars of new awards. */
export async function insertParticulars(tx: Transaction, rows: readonly ParticularsRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into award_particulars (award_id, sealed, credential_id)
     select id, decode(sealed, 'hex'), credential_id from unnest($1::uuid[], $2::text[], $3::text[]) as r (id, sealed, credential_id)`,
    [column(rows, ({ awardId }) => awardId), column(rows, ({ sealed }) => sealed.toString('hex')), column(rows, ({ credentialId }) => credentialId ?? null)],
  );
}
