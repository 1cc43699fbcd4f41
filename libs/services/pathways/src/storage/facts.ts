import type { InstitutionSnapshot, PublishedMicroCredential } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import type { Facts, Institution, MicroCredential, Proposal } from '../domain/agreement.ts';

/** Keeps what an institution's newest event says. */
export async function keepInstitution(tx: Transaction, { ctid, code, status }: InstitutionSnapshot, version: number): Promise<void> {
  await tx.query(
    `insert into institution as kept (id, code, status, aggregate_version) values ($1, $2, $3, $4)
     on conflict (id) do update set code = excluded.code, status = excluded.status, aggregate_version = excluded.aggregate_version
     where kept.aggregate_version < excluded.aggregate_version`,
    [ctid, code, status, version],
  );
}

/** Keeps what the newest published version of a micro-credential says. */
export async function keepMicroCredential(
  tx: Transaction,
  { ctid, isNonCredit, ownedBy, offeredBy }: PublishedMicroCredential,
  version: number,
): Promise<void> {
  await tx.query(
    `insert into micro_credential as kept (id, is_non_credit, offered_by, aggregate_version) values ($1, $2, $3, $4)
     on conflict (id) do update
     set is_non_credit = excluded.is_non_credit, offered_by = excluded.offered_by, aggregate_version = excluded.aggregate_version
     where kept.aggregate_version < excluded.aggregate_version`,
    [ctid, isNonCredit, [...new Set([ownedBy, ...offeredBy])], version],
  );
}

type Reading = Pick<Transaction, 'query'>;

/** What is known here of the institutions and micro-credentials that an agreement names, by code and by CTID. */
export async function factsAbout(tx: Reading, { sender, receiver, from }: Proposal): Promise<Facts> {
  const institutions = await tx.query<Institution>('select id as ctid, code, status from institution where code = any($1::text[]) order by id desc', [
    [sender, receiver],
  ]);
  const microCredentials = await tx.query<MicroCredential>(
    `select id as ctid, is_non_credit as "isNonCredit", offered_by as "offeredBy" from micro_credential where id = any($1::text[])`,
    [from.map((item) => item.microCredential)],
  );
  return {
    institutions: new Map(institutions.map((institution) => [institution.code, institution])),
    microCredentials: new Map(microCredentials.map((microCredential) => [microCredential.ctid, microCredential])),
  };
}

/** Makes whoever else publishes an agreement with this receiver wait until this transaction ends. */
export async function lockReceiver(tx: Transaction, code: string): Promise<void> {
  await tx.query('select from institution where code = $1 order by id for no key update', [code]);
}
