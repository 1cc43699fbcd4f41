import type { Transaction } from '@mcr/database';
import type { Institution } from '../domain/institution.ts';
import { InstitutionRow } from './institution.row.ts';

/** Who changed something, and when. */
export interface Change {
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The institution, locked until the transaction ends: whoever changes it or its clients waits here. */
export async function lockInstitution(tx: Transaction, by: { code: string } | { ctid: string }): Promise<Institution | undefined> {
  const row = await tx.manager.findOne(InstitutionRow, { where: by, lock: { mode: 'pessimistic_write' } });
  // The table's constraints hold what the union says of each status.
  return (row ?? undefined) as Institution | undefined;
}

/** False when the code or the CTID is in use. */
export async function insertInstitution(tx: Transaction, institution: Institution, change: Change): Promise<boolean> {
  const { raw } = await tx.manager
    .createQueryBuilder()
    .insert()
    .into(InstitutionRow)
    .values({ ...institution, ...change })
    .orIgnore()
    .returning('code')
    .execute();
  return (raw as unknown[]).length > 0;
}

/** Needs the lock of `lockInstitution`. */
export async function updateInstitution(tx: Transaction, institution: Institution, change: Change): Promise<void> {
  await tx.manager.update(InstitutionRow, { ctid: institution.ctid }, { ...institution, ...change });
}

export const isCodeTaken = (tx: Transaction, code: string): Promise<boolean> => tx.manager.existsBy(InstitutionRow, { code });
