import type { Transaction } from '@mcr/database';
import type { LearnerLink } from '../domain/learner/decide-link.ts';

type Reading = Pick<Transaction, 'query'>;

/** The learner whose sign-in has this fingerprint. */
export async function learnerOfSignIn(tx: Reading, fingerprint: string): Promise<string | undefined> {
  const [row] = await tx.query<{ learnerRef: string }>(`select learner_ref as "learnerRef" from learner_link where subject_fingerprint = decode($1, 'hex')`, [
    fingerprint,
  ]);
  return row?.learnerRef;
}

/** The learner who is known by an identifier with this fingerprint. */
export async function learnerOfIdentifier(tx: Reading, fingerprint: string): Promise<string | undefined> {
  const [row] = await tx.query<{ learnerRef: string }>(`select learner_ref as "learnerRef" from learner_identifier where fingerprint = decode($1, 'hex')`, [
    fingerprint,
  ]);
  return row?.learnerRef;
}

/** Makes whoever else links or unlinks somebody wait until this transaction ends; those who sign in need not. */
export async function lockLinks(tx: Transaction): Promise<void> {
  await tx.query('lock table learner_link in share row exclusive mode');
}

/** Every link of this sign-in and, if one is given, of this learner. */
export function linksOf(tx: Transaction, signIn: string, learnerRef?: string): Promise<LearnerLink[]> {
  return tx.query<LearnerLink>(
    `select learner_ref as "learnerRef", subject_fingerprint is not null as "isLinked", version, changed_at as "changedAt",
       coalesce(subject_fingerprint = decode($1, 'hex'), false) as "isThisSignIn"
     from learner_link where subject_fingerprint = decode($1, 'hex') or learner_ref = $2::uuid`,
    [signIn, learnerRef ?? null],
  );
}

export interface LinkChange {
  readonly learnerRef: string;
  /** Undefined: none any more. */
  readonly signIn: string | undefined;
  readonly version: number;
  readonly by: string;
  readonly at: Date;
}

export async function saveLink(tx: Transaction, { learnerRef, signIn, version, by, at }: LinkChange): Promise<void> {
  await tx.query(
    `insert into learner_link (learner_ref, subject_fingerprint, version, changed_by, changed_at) values ($1, decode($2, 'hex'), $3, $4, $5)
     on conflict (learner_ref) do update
     set subject_fingerprint = excluded.subject_fingerprint, version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [learnerRef, signIn ?? null, version, by, at],
  );
}
