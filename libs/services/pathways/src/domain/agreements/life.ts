import type { SignedThrough } from '@mcr/contracts';
import { type Fault, Refusal } from '@mcr/event-kit';
import type { z } from 'zod';
import type { AgreementTerms } from '../agreement.ts';

/** That an institution signed: who did it for the institution, when, and on which day in British Columbia. */
export interface Signature {
  readonly by: string;
  readonly on: string;
  readonly through: z.infer<typeof SignedThrough>;
}

interface Said extends AgreementTerms {
  readonly ctid: string;
  readonly sendingOrganization: string;
  readonly receivingOrganization: string;
  /** Counts the events of the agreement. */
  readonly version: number;
  /** The sender's signature: whoever proposes signs. */
  readonly sent: Signature;
}
interface Signed extends Said {
  readonly received: Signature;
  /** When it was written down, by which agreements for the same learning are put in order. */
  readonly recordedOn: string;
}

export type ProposedAgreement = Said & { readonly status: 'PROPOSED' };
export type EvaluatedAgreement = Said & { readonly status: 'UNDER_EVALUATION' };
export type DeclinedAgreement = Said & { readonly status: 'DECLINED'; readonly reason: string };
/** What both signed. The status is what was said last; what it is on a day follows from its days (`statusOn`). */
export type SignedAgreement = Signed & { readonly status: 'AGREED' | 'ACTIVE' | 'ENDED' };
export type TerminatedAgreement = Signed & { readonly status: 'TERMINATED'; readonly reason: string };

/** A receiver's promise, and how far the two institutions have come with it. */
export type Agreement = ProposedAgreement | EvaluatedAgreement | DeclinedAgreement | SignedAgreement | TerminatedAgreement;

export type NewAgreement = Omit<Said, 'version' | 'sent'>;

export const propose = (terms: NewAgreement, sent: Signature): ProposedAgreement => ({ ...terms, version: 1, status: 'PROPOSED', sent });

/** What was signed elsewhere is listed with two signatures, and has begun if its first day has come. */
export function listSigned(terms: NewAgreement, recorded: Signature): SignedAgreement {
  const status = terms.startDate <= recorded.on ? 'ACTIVE' : 'AGREED';
  return { ...terms, version: 1, status, sent: recorded, received: recorded, recordedOn: recorded.on };
}

export function startEvaluation(agreement: Agreement): EvaluatedAgreement {
  if (agreement.status !== 'PROPOSED') throw notNow(agreement, 'Only a proposed agreement can be evaluated');
  return { ...agreement, version: agreement.version + 1, status: 'UNDER_EVALUATION' };
}

export function decline(agreement: Agreement, reason: string): DeclinedAgreement {
  if (agreement.status !== 'UNDER_EVALUATION') throw notNow(agreement, 'Only an agreement that is evaluated can be declined');
  return { ...agreement, version: agreement.version + 1, status: 'DECLINED', reason };
}

export function sign(agreement: Agreement, received: Signature): SignedAgreement {
  if (agreement.status !== 'UNDER_EVALUATION') throw notNow(agreement, 'Only an agreement that is evaluated can be signed');
  if (agreement.sent.by === received.by)
    throw new Refusal('SAME_SIGNER', 'You signed this agreement for its sender; another person must sign for its receiver.');
  return { ...agreement, version: agreement.version + 1, status: 'AGREED', received, recordedOn: received.on };
}

/** Ends it on a day from today on that is earlier than its own end. What was completed until then is covered. */
export function terminate(agreement: Agreement, { endDate, reason, today }: { endDate: string; reason: string; today: string }): TerminatedAgreement {
  const now = statusOn(agreement, today);
  if (!isSigned(agreement) || agreement.status === 'TERMINATED' || now === 'ENDED')
    throw notNow({ status: now }, 'Only what is agreed or active can be terminated');
  const faults = faultsOfEnd(agreement, endDate, today);
  if (faults.length > 0) throw new Refusal('INVALID_INPUT', undefined, { faults });
  return { ...agreement, version: agreement.version + 1, status: 'TERMINATED', endDate, reason };
}

function faultsOfEnd(agreement: Agreement, endDate: string, today: string): Fault[] {
  const pointer = '/endDate';
  if (endDate < today) return [{ pointer, code: 'END_IN_THE_PAST', message: 'What is over cannot be taken back.', hint: `Choose ${today} or a later day.` }];
  if (agreement.endDate === undefined || endDate < agreement.endDate) return [];
  return [{ pointer, code: 'END_NOT_EARLIER', message: `It ends on ${agreement.endDate} anyway.`, hint: 'Choose an earlier day.' }];
}

/** The next state that its days have brought it to and that was not said yet; undefined where there is none. */
export function nextByDay(agreement: Agreement, today: string): SignedAgreement | undefined {
  if (agreement.status === 'AGREED' && agreement.startDate <= today) return { ...agreement, version: agreement.version + 1, status: 'ACTIVE' };
  if (agreement.status === 'ACTIVE' && isOver(agreement, today)) return { ...agreement, version: agreement.version + 1, status: 'ENDED' };
  return undefined;
}

const isOver = ({ endDate }: Agreement, day: string): boolean => endDate !== undefined && endDate < day;

/** What an agreement is on a day; its last day is included. */
export function statusOn(agreement: Agreement, day: string): Agreement['status'] {
  if (!isSigned(agreement) || agreement.status === 'TERMINATED') return agreement.status;
  if (agreement.startDate > day) return 'AGREED';
  return isOver(agreement, day) ? 'ENDED' : 'ACTIVE';
}

const isSigned = (agreement: Agreement): agreement is SignedAgreement | TerminatedAgreement => 'received' in agreement;

/** Refuses a change that was decided on an older state than the present one. */
export function requireVersion({ version }: Agreement, expected: number | undefined): void {
  if (expected === undefined || expected === version) return;
  throw new Refusal('VERSION_CONFLICT', `The agreement is at version ${version} now, you expected ${expected}. Read it again, then decide.`);
}

const notNow = ({ status }: Pick<Agreement, 'status'>, rule: string): Refusal => new Refusal('ILLEGAL_STATE', `${rule}; this one is ${status}.`);
