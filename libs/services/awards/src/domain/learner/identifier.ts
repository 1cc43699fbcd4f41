import { isEmailAddress, isPersonalEducationNumber, type SubmitAward } from '@mcr/contracts';
import { pointerTo, type Fault } from '@mcr/event-kit';
import { recordFault, type RecordFaultCode } from '../record/record-fault.ts';

export type Identifier = SubmitAward['learner']['identifiers'][number];
export type IdentifierType = Identifier['type'];

/** The order in which identifiers are believed: the first that is known decides who the learner is. */
export const matchOrder: readonly IdentifierType[] = ['DID', 'PEN', 'STUDENT_NUMBER', 'EMAIL'];

// DID Core 3.1: did:method:id, without path, query and fragment.
const DID = /^did:[a-z0-9]+:(?:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+$/;

const form: Record<IdentifierType, { accepts: (value: string) => boolean; code: RecordFaultCode }> = {
  PEN: { accepts: isPersonalEducationNumber, code: 'PEN_INVALID' },
  STUDENT_NUMBER: { accepts: (value) => normalised({ type: 'STUDENT_NUMBER', value }) !== '', code: 'STUDENT_NUMBER_INVALID' },
  EMAIL: { accepts: isEmailAddress, code: 'EMAIL_INVALID' },
  DID: { accepts: (value) => DID.test(value), code: 'DID_INVALID' },
};

/** One spelling of an identifier: what is compared. DIDs and PENs have only one. */
export function normalised({ type, value }: Identifier): string {
  if (type === 'STUDENT_NUMBER') return value.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
  if (type === 'EMAIL') return value.toLowerCase();
  return value;
}

/** What is wrong with one identifier whose value stands at `pointer`. */
export const valueFaults = ({ type, value }: Identifier, pointer: string): Fault[] =>
  form[type].accepts(value) ? [] : [recordFault(form[type].code, pointer)];

/** What is wrong with the identifiers of one record. */
export function identifierFaults(identifiers: readonly Identifier[]): Fault[] {
  if (identifiers.length === 0) return [recordFault('LEARNER_UNIDENTIFIED', '/learner/identifiers')];
  const malformed = identifiers.flatMap((identifier, index) => valueFaults(identifier, pointerTo('learner', 'identifiers', index, 'value')));
  const pens = new Set(identifiers.filter(({ type }) => type === 'PEN').map(({ value }) => value));
  return pens.size > 1 ? [...malformed, recordFault('CONFLICTING_IDENTIFIERS', '/learner/identifiers')] : malformed;
}
