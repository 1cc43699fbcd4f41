import type { Transaction } from '@mcr/database';
import { In } from 'typeorm';
import type { KnownInstitution } from '../domain/institution-facts.ts';
import { InstitutionRow } from './institution.row.ts';

/** Keeps the newest state that was seen: an older event never overwrites a newer one. */
export async function keepInstitution(tx: Transaction, { ctid, code, status, version }: KnownInstitution): Promise<void> {
  await tx.query(
    `insert into institution (id, code, status, version) values ($1, $2, $3, $4)
     on conflict (id) do update set code = excluded.code, status = excluded.status, version = excluded.version
     where institution.version < excluded.version`,
    [ctid, code, status, version],
  );
}

export const institutionsByCode = (tx: Transaction, codes: readonly string[]): Promise<KnownInstitution[]> =>
  tx.manager.findBy(InstitutionRow, { code: In([...codes]) });

/** The owner of a micro-credential was known when it was defined, and no event takes an institution away. */
export const institutionByCtid = (tx: Transaction, ctid: string): Promise<KnownInstitution> => tx.manager.findOneByOrFail(InstitutionRow, { ctid });
