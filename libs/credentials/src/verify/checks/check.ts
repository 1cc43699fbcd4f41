import { credentialFaultCodes, type CredentialFault, type CredentialFaultCode } from '../../faults.ts';
import { statusCodes, type StatusCode } from '../../status/status-codes.ts';

/** What is checked, in this order. */
export const checkIds = [
  'parse',
  'schema',
  'proof',
  'issuer_recognised',
  'key_state',
  'not_before',
  'not_expired',
  'revocation',
  'suspension',
  'registry_match',
  'definition_listed',
] as const;
export type CheckId = (typeof checkIds)[number];

/** UNKNOWN: it should have been checked and could not be. SKIPPED: it was not asked for, or there was nothing to check. */
export type Outcome = 'PASS' | 'FAIL' | 'UNKNOWN' | 'SKIPPED';

/** Codes of checks, beside those of faults in a document and of statuses that are not known. Closed. */
export const checkCodes = {
  OK: 'In order.',
  HIDDEN: 'Not looked at, because what it says is not proven.',
  NOT_ASKED: 'Not looked at, because nobody is here to ask.',
  LOOKUP_FAILED: 'Could not be looked up.',
  ISSUER_UNKNOWN: 'The registry does not know this issuer.',
  ISSUER_NOT_RECOGNISED: 'The issuer was not recognised on the day of the award.',
  AWARD_DATE_MISSING: 'The credential does not say when it was awarded.',
  KEY_RETIRED_SINCE: 'The key has been retired, after it signed this.',
  KEY_RETIRED: 'The key had been retired before it signed this.',
  KEY_NOT_ACTIVE: 'The key was not active yet when it signed this.',
  KEY_COMPROMISED: 'The key is compromised, and the registry did not have this before.',
  KEY_COMPROMISED_SINCE: 'The key was compromised after the registry had received this.',
  KEY_WITNESS_MISSING: 'The key has been retired or compromised, and nobody can say when this was signed.',
  NOT_YET_VALID: 'The credential is not valid yet.',
  EXPIRED: 'The credential has expired.',
  REVOKED: 'The credential was revoked.',
  SUPERSEDED: 'Another credential has taken the place of this one.',
  SUSPENDED: 'The credential is suspended.',
  NO_STATUS_ENTRY: 'The credential has no status of this kind.',
  PAST_STATUS_UNKNOWN: 'A list says what is, not what was.',
  RECORD_NOT_KEPT: 'The registry put it together and signed it, and keeps what is in it, not this.',
  NOT_IN_REGISTRY: 'The registry does not have this credential.',
  REGISTRY_MISMATCH: 'The registry has another content or issuer under this id.',
  NO_IDENTIFIER: 'The credential has no id to look for.',
  NO_DEFINITION: 'The credential names no micro-credential.',
  DEFINITION_NOT_LISTED: 'The registry lists no such micro-credential.',
  ...statusCodes,
} as const;

export type CheckCode = keyof typeof checkCodes | CredentialFaultCode | StatusCode;

export interface Check {
  readonly id: CheckId;
  readonly outcome: Outcome;
  readonly code: CheckCode;
  readonly message: string;
  /** When it was checked, ISO 8601. */
  readonly checkedAt: string;
  /** Where the answer comes from: `document`, `registry`, or the URL that was read. */
  readonly source: string;
  readonly faults?: readonly CredentialFault[];
}

/** What one check found, before it is dated. */
export type Finding = Pick<Check, 'outcome' | 'code'> & Partial<Pick<Check, 'message' | 'source' | 'faults'>>;

const allMessages: Readonly<Record<string, string>> = { ...credentialFaultCodes, ...checkCodes };

export const checkOf = (id: CheckId, finding: Finding, now: Date): Check => {
  const { outcome, code, message = allMessages[code]!, source = 'document', faults } = finding;
  return { id, outcome, code, message, checkedAt: now.toISOString(), source, ...(faults === undefined ? {} : { faults }) };
};

export const pass = (source?: string, code: CheckCode = 'OK'): Finding => ({ outcome: 'PASS', code, source });
export const fail = (code: CheckCode, source?: string): Finding => ({ outcome: 'FAIL', code, source });
export const unknown = (code: CheckCode, source?: string): Finding => ({ outcome: 'UNKNOWN', code, source });
export const skipped = (code: CheckCode, source?: string): Finding => ({ outcome: 'SKIPPED', code, source });

/** All faults in one finding; the first gives it its code. */
export const failWith = (faults: readonly CredentialFault[], outcome: 'FAIL' | 'UNKNOWN' = 'FAIL'): Finding => ({
  outcome,
  code: faults[0]!.code,
  message: faults[0]!.message,
  faults,
});
