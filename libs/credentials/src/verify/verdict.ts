import type { Check, CheckId } from './checks/check.ts';
import type { EffectiveStatus } from './lookups.ts';

export type Verdict = 'VALID' | 'REVOKED' | 'SUPERSEDED' | 'SUSPENDED' | 'EXPIRED' | 'INDETERMINATE' | 'NOT_VERIFIED';

/** Whether it is what it claims to be. A status of something forged would mean nothing. */
const AUTHENTICITY: readonly CheckId[] = ['parse', 'schema', 'proof', 'issuer_recognised', 'key_state', 'registry_match'];

const byId = (checks: readonly Check[], id: CheckId): Check => checks.find((check) => check.id === id)!;

/**
 * One word for all checks. Not authentic: NOT_VERIFIED. Else what became of it, the gravest first. Else INDETERMINATE if
 * anything that should have been checked could not be. VALID only when nothing failed and nothing is unknown.
 */
export function verdictOf(checks: readonly Check[]): Verdict {
  const failed = (id: CheckId): boolean => byId(checks, id).outcome === 'FAIL';
  if (AUTHENTICITY.some(failed)) return 'NOT_VERIFIED';
  if (failed('revocation')) return byId(checks, 'revocation').code === 'SUPERSEDED' ? 'SUPERSEDED' : 'REVOKED';
  if (failed('suspension')) return 'SUSPENDED';
  if (failed('not_expired')) return 'EXPIRED';
  if (failed('not_before') || failed('definition_listed')) return 'NOT_VERIFIED';
  return checks.some(({ outcome }) => outcome === 'UNKNOWN') ? 'INDETERMINATE' : 'VALID';
}

/** The gravest first. */
const BY_GRAVITY: readonly Verdict[] = ['NOT_VERIFIED', 'REVOKED', 'SUPERSEDED', 'SUSPENDED', 'EXPIRED', 'INDETERMINATE', 'VALID'];

/** Of a document with credentials inside: VALID only when it and all of them are, else what is wrong with it, else the gravest of theirs. */
export const verdictWith = (own: Verdict, inside: readonly Verdict[]): Verdict =>
  own === 'VALID' ? (BY_GRAVITY.find((verdict) => inside.includes(verdict)) ?? own) : own;

/** What the credential is at the instant, by precedence; undefined while it is not authentic, or any of it is unknown. */
export function effectiveStatusOf(checks: readonly Check[]): EffectiveStatus | undefined {
  if (AUTHENTICITY.some((id) => byId(checks, id).outcome === 'FAIL')) return undefined;
  const { outcome, code } = byId(checks, 'revocation');
  if (outcome === 'FAIL') return code === 'SUPERSEDED' ? 'SUPERSEDED' : 'REVOKED';
  const suspension = byId(checks, 'suspension').outcome;
  if (byId(checks, 'proof').outcome !== 'PASS' || outcome === 'UNKNOWN') return undefined;
  if (suspension === 'FAIL') return 'SUSPENDED';
  if (suspension === 'UNKNOWN') return undefined;
  if (byId(checks, 'not_before').outcome === 'FAIL') return 'SCHEDULED';
  return byId(checks, 'not_expired').outcome === 'FAIL' ? 'EXPIRED' : 'ACTIVE';
}
