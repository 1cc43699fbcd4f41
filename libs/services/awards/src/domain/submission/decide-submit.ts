import type { SubmitAward } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';
import type { Award } from '../award/award.ts';
import type { InstitutionFact, MicroCredentialVersionFact } from './facts.ts';
import { distinctFaults, recordFault } from '../record/record-fault.ts';
import { payloadFaults } from '../signed/payload-faults.ts';
import { rejected, type Circumstances, type Outcome, type Submit } from './submission.ts';
import { validateSubmit } from './validate-submit.ts';

const unknownFault = {
  MICRO_CREDENTIAL: recordFault('MC_NOT_FOUND', '/microCredentialCtid'),
  VERSION: recordFault('MC_NOT_AWARDABLE', '/microCredentialVersion'),
};

/** Can this submission become an award? It waits while its micro-credential may still become known, so that its faults are told together. */
export function decideSubmit(submission: Submit, award: Award | undefined, circumstances: Circumstances): { outcome: Outcome; award?: Award } {
  if (award) return { outcome: rejected(recordFault('AWARD_EXISTS', '/sourceAwardId')) };
  const { submit } = submission.record;
  const { facts, today } = circumstances;
  const institution = facts.institution(submission.institutionCode);
  const { faults: found, version, missing } = validateSubmit(submit, institution, facts.versionsOf(submit.microCredentialCtid), today);
  const faults = [...found, ...signedFaults(submission, version)];
  if (missing && mayStillBecomeKnown(submission, circumstances)) {
    return { outcome: { state: 'PENDING', awaits: { microCredentialCtid: submit.microCredentialCtid } } };
  }
  if (missing) return { outcome: rejected(...distinctFaults([unknownFault[missing], ...faults])) };
  if (!version || !institution || faults.length > 0) return { outcome: rejected(...distinctFaults(faults)) };
  return { outcome: { state: 'ACCEPTED', awardId: submission.newAwardId }, award: issue(submission.newAwardId, submit, version, institution) };
}

/** What was found in the signed credential when it came in, or how it differs from its record. */
function signedFaults({ record: { submit, signed } }: Submit, version: MicroCredentialVersionFact | undefined): readonly Fault[] {
  if (submit.signedCredential === undefined) return [];
  if (!signed) throw new TypeError('A signed credential was not read before its record is decided.');
  return 'faults' in signed ? signed.faults : payloadFaults(signed, submit, version?.version);
}

function mayStillBecomeKnown({ receivedAt }: Submit, { now, patience, factsCompleteUntil }: Circumstances): boolean {
  const patient = now.getTime() - receivedAt.getTime() < patience.factWaitMs;
  return patient || factsCompleteUntil === undefined || factsCompleteUntil < receivedAt;
}

/** Property by property: what is not named here, the learner above all, does not leave the record. */
const issue = (awardId: string, submit: SubmitAward, { version }: MicroCredentialVersionFact, { ctid }: InstitutionFact): Award => ({
  awardId,
  institutionCtid: ctid,
  microCredentialCtid: submit.microCredentialCtid,
  microCredentialVersion: version,
  awardedDate: submit.awardedDate,
  validFrom: submit.validFrom,
  validUntil: submit.validUntil,
  activityStartDate: submit.activityStartDate,
  activityEndDate: submit.activityEndDate,
  method: submit.method,
  creditsEarned: submit.creditsEarned,
  hoursCompleted: submit.hoursCompleted,
  competenciesDemonstrated: submit.competenciesDemonstrated,
  status: 'ACTIVE',
});
