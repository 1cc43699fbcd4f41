import type { InstitutionSnapshot, PublishedMicroCredential } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import type { ReactionTransaction } from '@mcr/messaging';
import type { MicroCredential as MicroCredentialFact } from '@mcr/pathway-engine';
import type { Facts, Institution, MicroCredential, Proposal } from '../domain/agreement.ts';
import { microCredentialFact } from '../domain/facts/micro-credential-fact.ts';
import { noteChanged } from './graph-numbers.ts';

/** Keeps what an institution's newest event says. */
export async function keepInstitution(tx: Transaction, { ctid, code, status }: InstitutionSnapshot, version: number): Promise<void> {
  await tx.query(
    `insert into institution as kept (id, code, status, aggregate_version) values ($1, $2, $3, $4)
     on conflict (id) do update set code = excluded.code, status = excluded.status, aggregate_version = excluded.aggregate_version
     where kept.aggregate_version < excluded.aggregate_version`,
    [ctid, code, status, version],
  );
}

/** Keeps what the newest published version of a micro-credential says, and tells the engines. */
export async function keepMicroCredential(tx: ReactionTransaction, published: PublishedMicroCredential, version: number): Promise<void> {
  const { ctid, isNonCredit, ownedBy, offeredBy } = published;
  const changed = await tx.query(
    `insert into micro_credential as kept (id, is_non_credit, offered_by, fact, aggregate_version) values ($1, $2, $3, $4, $5)
     on conflict (id) do update
     set is_non_credit = excluded.is_non_credit, offered_by = excluded.offered_by, fact = excluded.fact, aggregate_version = excluded.aggregate_version
     where kept.aggregate_version < excluded.aggregate_version
     returning id`,
    [ctid, isNonCredit, [...new Set([ownedBy, ...offeredBy])], JSON.stringify(microCredentialFact(published)), version],
  );
  if (changed.length > 0) await noteChanged(tx, 'MICRO_CREDENTIAL', [ctid]);
}

type Reading = Pick<Transaction, 'query'>;

export async function institutionsByCode(tx: Reading, codes: readonly string[]): Promise<Map<string, Institution>> {
  const rows = await tx.query<Institution>('select id as ctid, code, status from institution where code = any($1::text[]) order by id desc', [codes]);
  return new Map(rows.map((institution) => [institution.code, institution]));
}

export async function microCredentialsByCtid(tx: Reading, ctids: readonly string[]): Promise<Map<string, MicroCredential>> {
  const rows = await tx.query<MicroCredential>(
    `select id as ctid, is_non_credit as "isNonCredit", offered_by as "offeredBy" from micro_credential where id = any($1::text[])`,
    [ctids],
  );
  return new Map(rows.map((microCredential) => [microCredential.ctid, microCredential]));
}

/** The code of each institution, in the order asked. */
export async function codesOf(tx: Reading, ctids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string; code: string }>('select id, code from institution where id = any($1::text[])', [ctids]);
  const codes = new Map(rows.map(({ id, code }) => [id, code]));
  return ctids.map((ctid) => codes.get(ctid) ?? '');
}

/** What the engine is told of these micro-credentials. */
export async function microCredentialFacts(tx: Reading, ctids: readonly string[]): Promise<MicroCredentialFact[]> {
  const rows = await tx.query<{ fact: MicroCredentialFact }>('select fact from micro_credential where id = any($1::text[]) and fact is not null', [ctids]);
  return rows.map(({ fact }) => fact);
}

/** Which of these CTIDs are institutions. */
export async function institutionCtids(tx: Reading, ctids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>('select id from institution where id = any($1::text[])', [ctids]);
  return new Set(rows.map(({ id }) => id));
}

/** What is known here of the institutions and micro-credentials that an agreement names, by code and by CTID. */
export async function factsAbout(tx: Reading, { sender, receiver, from }: Pick<Proposal, 'sender' | 'receiver' | 'from'>): Promise<Facts> {
  return {
    institutions: await institutionsByCode(tx, [sender, receiver]),
    microCredentials: await microCredentialsByCtid(
      tx,
      from.map((item) => item.microCredential),
    ),
  };
}

/** Makes whoever else signs or lists an agreement with this receiver wait until this transaction ends. */
export async function lockReceiver(tx: Transaction, code: string): Promise<void> {
  await tx.query('select from institution where code = $1 order by id for no key update', [code]);
}
