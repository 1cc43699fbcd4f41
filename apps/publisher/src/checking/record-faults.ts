import { RevokeAward, SubmitAward } from '@mcr/contracts';
import { dayInBritishColumbia, faultsOf, isCalendarDate, type Fault } from '@mcr/event-kit';
import type { FileRecord } from '../reading/file-record.ts';
import { identifierFaults } from './identifier-faults.ts';

/** B.C. Micro-credential Framework (2021), Duration: "should be less than 288 hours". */
const HOURS_BELOW = 288;

const fault = (pointer: string, code: string, message: string, hint: string): Fault => ({ pointer, code, message, hint });

const NO_LEARNER = fault(
  '/learner/identifiers',
  'LEARNER_UNIDENTIFIED',
  'Nothing identifies the learner.',
  'Give at least one of PEN, STUDENT_NUMBER, EMAIL, DID.',
);

/** Who has no identifier at all lacks an identity rather than a property. */
const asIdentity = (found: Fault): Fault => (found.code === 'REQUIRED' && /^\/learner(\/identifiers)?$/.test(found.pointer) ? NO_LEARNER : found);

const instantOf = (value: unknown): Date | undefined => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined);
const dateOf = (value: unknown): string | undefined => (typeof value === 'string' && isCalendarDate(value) ? value : undefined);

function dateFaults(data: FileRecord['data'], today: string): Fault[] {
  const [from, until] = [instantOf(data['validFrom']), instantOf(data['validUntil'])];
  const [awarded, first, last] = [dateOf(data['awardedDate']), dateOf(data['activityStartDate']), dateOf(data['activityEndDate'])];
  // Without validFrom an award counts from the day on which it was awarded.
  const endsTooEarly = until && (from ? until <= from : awarded !== undefined && dayInBritishColumbia(until) < awarded);
  return [
    ...(awarded && awarded > today
      ? [fault('/awardedDate', 'AWARDED_IN_FUTURE', 'The awarded date is after today.', 'An award is sent once it is earned.')]
      : []),
    ...(endsTooEarly
      ? [fault('/validUntil', 'BAD_VALIDITY', 'The validity ends before it begins.', 'validUntil must be later than validFrom, or than the awarded date.')]
      : []),
    ...(first && last && last < first
      ? [fault('/activityEndDate', 'BAD_ACTIVITY_PERIOD', 'The activity ends before it begins.', 'Compare the two dates.')]
      : []),
  ];
}

function hoursFaults({ hoursCompleted: hours }: FileRecord['data']): Fault[] {
  const fits = typeof hours !== 'number' || (hours >= 0 && hours < HOURS_BELOW);
  return fits ? [] : [fault('/hoursCompleted', 'HOURS_OUT_OF_RANGE', 'The hours are out of range.', 'A micro-credential takes from 0 to less than 288 hours.')];
}

function revocationFaults({ revision, reasonCode }: FileRecord['data']): Fault[] {
  return [
    ...(revision === 1
      ? [fault('/revision', 'AWARD_NOT_FOUND', 'There is no award to revoke yet.', 'The submission is revision 1; its revocation is revision 2.')]
      : []),
    ...(reasonCode === 'ADMINISTRATIVE'
      ? [fault('/reasonCode', 'REASON_NOT_ALLOWED', 'Only the ministry revokes for this reason.', 'Give the reason that your institution has.')]
      : []),
  ];
}

/**
 * Everything that is wrong with a record as far as its file shows it. What needs the registry (is there such a
 * micro-credential, was the award sent before) only the registry can say.
 */
export function recordFaults({ type, data, unreadable }: FileRecord, today: string): Fault[] {
  if (unreadable) return [unreadable];
  if (type === 'revoke') {
    const parsed = RevokeAward.safeParse(data);
    return [...(parsed.success ? [] : faultsOf(parsed.error, data)), ...revocationFaults(data)];
  }
  if (type !== 'submit') return [fault('/type', 'UNSUPPORTED_TYPE', 'Records of this type are not taken.', 'The types are submit and revoke.')];
  const parsed = SubmitAward.safeParse(data);
  return [...(parsed.success ? [] : faultsOf(parsed.error, data).map(asIdentity)), ...dateFaults(data, today), ...hoursFaults(data), ...identifierFaults(data)];
}
