import type { Fault } from '@mcr/event-kit';

/**
 * Every reason for which one record is refused or warned about, beside the faults of its shape (REQUIRED, UNKNOWN_PROPERTY, …).
 * The list is closed. Message and hint are constant: they never repeat what the record says.
 */
const recordFaults = {
  INVALID_EVENT: ['The record is not a CloudEvent as the registry takes it.', 'Send CloudEvents 1.0 with JSON in UTF-8, under a new event id.'],
  MALFORMED_JSON: ['The data of the event is not JSON.', 'Send JSON in UTF-8, each member once, under a new event id.'],
  NULL_RECORD: ['The record has no value.', 'An empty record deletes nothing: send a revocation.'],
  SOURCE_NOT_YOURS: ['The source of the event is not your institution.', 'The source is "urn:bc:mcr:inst:" and your code. Send it under a new event id.'],
  LEARNER_NOT_ENCRYPTED: [
    'The learner is not encrypted.',
    'On Kafka "learner" is a compact JWE to a key of GET /awards/encryption-keys. Send the record again under a new event id.',
  ],
  NOT_ENCRYPTED: [
    'This is about a person and is not encrypted.',
    'On Kafka "result", "evidence" and "signedCredential" are compact JWEs too, to the same key as the learner. Send the record again under a new event id.',
  ],
  CANNOT_DECRYPT: ['This cannot be decrypted.', 'Encrypt with ECDH-ES+A256KW and A256GCM to the first key of GET /awards/encryption-keys, and name its "kid".'],
  UNSUPPORTED_TYPE: ['Records of this type are not taken.', 'Send ca.bc.mcr.award.submit.v1 or ca.bc.mcr.award.revoke.v1.'],
  SUBJECT_MISMATCH: ['The subject of the event is not its sourceAwardId.', 'Set the subject to the sourceAwardId, or leave it out.'],
  TOO_LARGE: ['The record is larger than 1 MiB.', 'Send less below "extensions".'],
  MC_NOT_FOUND: ['There is no published micro-credential with this CTID.', 'Check the CTID in the catalogue, and that the micro-credential was published.'],
  MC_NOT_AWARDABLE: [
    'This version of the micro-credential cannot be awarded on the awarded date.',
    'Leave the version out to take the one in force on that day.',
  ],
  NOT_AUTHORIZED_FOR_MC: ['Your institution neither owns nor offers this micro-credential.', 'Its owner can list your institution as an offerer.'],
  INSTITUTION_SUSPENDED: ['The institution may not publish awards at the moment.', 'Ask the ministry about the suspension.'],
  AWARDED_IN_FUTURE: ['The awarded date is after today.', 'An award is sent once it is earned. Today is the day in British Columbia.'],
  BEFORE_EFFECTIVE: ['The awarded date is before the micro-credential took effect.', 'Compare with dateEffective in the catalogue.'],
  BAD_VALIDITY: ['The validity ends before it begins.', 'validUntil must be later than validFrom, or than the awarded date when there is no validFrom.'],
  BAD_ACTIVITY_PERIOD: ['The activity ends before it begins.', 'activityEndDate must not be before activityStartDate.'],
  CREDITS_MISMATCH: ['The credits do not fit the micro-credential.', 'Leave credits out for a non-credit one; otherwise give at most its credit value.'],
  HOURS_OUT_OF_RANGE: ['The hours are out of range.', 'A micro-credential takes from 0 to less than 288 hours.'],
  COMPETENCY_NOT_IN_MC: ['This competency is not part of the micro-credential.', 'Name competencies by the CTIDs of the awarded version.'],
  ASSESSMENT_NOT_IN_MC: ['This assessment is not part of the micro-credential.', 'Name assessments by their ids in the awarded version.'],
  LEARNER_UNIDENTIFIED: ['Nothing identifies the learner.', 'Give at least one of PEN, STUDENT_NUMBER, EMAIL, DID.'],
  CONFLICTING_IDENTIFIERS: ['The record names two different PENs.', 'A learner has one PEN.'],
  PEN_INVALID: ['This is not a Personal Education Number.', 'A PEN has nine digits, of which the last one checks the others.'],
  EMAIL_INVALID: ['This is not an e-mail address.', 'Use the form name@example.ca.'],
  DID_INVALID: ['This is not a decentralized identifier.', 'Use the form did:method:identifier.'],
  STUDENT_NUMBER_INVALID: ['This is not a student number.', 'It has at least one visible character.'],
  REASON_NOT_ALLOWED: ['Only the ministry revokes for this reason.', 'Give the reason that your institution has.'],
  SIGNATURE_INVALID: [
    'The signed credential is not in order, or not signed by your institution.',
    'Its issuer is the DID of your institution, and it is signed with a key that the registry lists as active.',
  ],
  NOT_AN_OPEN_BADGE: [
    'The signed credential is not an Open Badge 3.0 as the registry takes it.',
    'It is an OpenBadgeCredential with an "id", one subject with one achievement that has an "id", and no entry in a status list of the registry.',
  ],
  PAYLOAD_MISMATCH: [
    'The signed credential says something else than the record.',
    'Achievement, awardedDate (a day in British Columbia), validFrom, validUntil and creditsEarned are the same in both; so are the results, unless one has none.',
  ],
  CREDENTIAL_EXISTS: ['Another award has a credential with this id.', 'Each credential has an id of its own, such as "urn:uuid:" and a random UUID.'],
  AWARD_EXISTS: ['There is an award for this sourceAwardId already.', 'A second award needs a sourceAwardId of its own.'],
  AWARD_NOT_FOUND: ['There is no award to revoke under this sourceAwardId.', 'The submission is revision 1; its revocation is revision 2.'],
  TERMINAL_STATE: ['The award was revoked, which is final.', 'Send a new award under a new sourceAwardId.'],
  STALE_REVISION: ['A later revision was accepted already.', 'Take the number after the last accepted revision.'],
  REVISION_GAP: ['The revisions before this one did not arrive in time.', 'Send the missing revisions, then this one again under a new event id.'],
  IDEMPOTENCY_CONFLICT: [
    'Another content was sent under the same identity before.',
    'Repeat an event unchanged; send a change under a new event id and the next revision.',
  ],
  NOT_PROCESSED: ['The record could not be processed.', 'Send it again under a new event id. If it fails again, tell the registry the submission id.'],
  TOO_MANY_FAULTS: ['There are more faults than are listed here.', 'Mend these and send the record again.'],
  POSSIBLE_DUPLICATE: [
    'The learner holds an award of this micro-credential and date under another sourceAwardId.',
    'Revoke one of them if both mean the same.',
  ],
  LEARNER_AMBIGUOUS: [
    'Not all identifiers of the record belong to the same learner.',
    'Check the identifiers. Those of another learner were left where they are.',
  ],
} as const satisfies Record<string, readonly [message: string, hint: string]>;

export type RecordFaultCode = keyof typeof recordFaults;

/** A fault or warning; `pointer` leads into the data of the record. */
export function recordFault(code: RecordFaultCode, pointer = ''): Fault {
  const [message, hint] = recordFaults[code];
  return { pointer, code, message, hint };
}

const MOST_FAULTS = 100;
const LONGEST_POINTER = 256;

/** All faults of a record, each once. What a hostile record could make endless has an end: there are at most a hundred, and names are cut. */
export function distinctFaults(faults: readonly Fault[]): Fault[] {
  const cut = faults.map((fault) =>
    fault.pointer.length > LONGEST_POINTER ? { ...fault, pointer: `${fault.pointer.slice(0, LONGEST_POINTER).toWellFormed()}…` } : fault,
  );
  const distinct = [...new Map(cut.map((fault) => [`${fault.code} ${fault.pointer}`, fault])).values()];
  return distinct.length <= MOST_FAULTS ? distinct : [...distinct.slice(0, MOST_FAULTS), recordFault('TOO_MANY_FAULTS')];
}
