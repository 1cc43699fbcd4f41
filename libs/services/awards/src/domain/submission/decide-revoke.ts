import type { Award } from '../award/award.ts';
import { recordFault } from '../record/record-fault.ts';
import { rejected, type Circumstances, type Outcome, type Revoke } from './submission.ts';

/** Can this record revoke the award? Whether the award is scheduled, active or expired makes no difference. */
export function decideRevoke(
  { record, institutionCode }: Revoke,
  award: Award | undefined,
  { facts, now }: Circumstances,
): { outcome: Outcome; award?: Award } {
  const { reasonCode } = record.revoke;
  const faults = [
    ...(facts.institution(institutionCode)?.status === 'ACTIVE' ? [] : [recordFault('INSTITUTION_SUSPENDED')]),
    ...(award ? [] : [recordFault('AWARD_NOT_FOUND', '/sourceAwardId')]),
    ...(reasonCode === 'ADMINISTRATIVE' ? [recordFault('REASON_NOT_ALLOWED', '/reasonCode')] : []),
  ];
  if (!award || faults.length > 0) return { outcome: rejected(...faults) };
  return { outcome: { state: 'ACCEPTED', awardId: award.awardId }, award: { ...award, status: 'REVOKED', reasonCode, revokedAt: now } };
}
