import type { MyAwards } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { datesOf, effectiveStatus } from '../domain/award/effective-status.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { awardsOfLearner } from '../storage/award-store.ts';

/** What the learner who asks has earned, wherever. */
export async function myAwards({ asOf }: InputOf<typeof MyAwards>, context: OperationContext): Promise<OutputOf<typeof MyAwards>> {
  const { principal, now, database, resolve } = context;
  const learnerRef = await resolve(SignedInLearner).of(principal, database);
  const moment = asOf === undefined ? now : new Date(asOf);
  return (await awardsOfLearner(database, learnerRef)).map((award) => {
    const status = effectiveStatus(datesOf(award), moment);
    return {
      awardId: award.awardId,
      institutionCtid: award.institutionCtid,
      microCredentialCtid: award.microCredentialCtid,
      microCredentialVersion: award.microCredentialVersion,
      awardedDate: award.awardedDate,
      validFrom: award.validFrom,
      validUntil: award.validUntil,
      method: award.method,
      creditsEarned: award.creditsEarned,
      hoursCompleted: award.hoursCompleted,
      status,
      reasonCode: award.status === 'REVOKED' && status === 'REVOKED' ? award.reasonCode : undefined,
    };
  });
}
