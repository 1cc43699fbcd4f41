import { LearnerLinked, type LinkLearner } from '@mcr/contracts';
import { type InputOf, type OutputOf, refusalFor } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { decideLink } from '../domain/learner/decide-link.ts';
import { valueFaults } from '../domain/learner/identifier.ts';
import { IntakeKeys } from '../intake/intake-keys.ts';
import { learnerOfIdentifier, linksOf, lockLinks, saveLink } from '../storage/learner-link-store.ts';

/** Links a sign-in to the learner whom the identifier names. Of either nothing but keyed hashes goes any further. */
export async function linkLearner({ subject, identifier }: InputOf<typeof LinkLearner>, context: OperationContext): Promise<OutputOf<typeof LinkLearner>> {
  const { principal, now, unitOfWork, resolve } = context;
  const { institution = '', ...given } = identifier;
  const faults = valueFaults(given, '/identifier/value');
  if (faults.length > 0) throw refusalFor(faults);
  const keys = resolve(IntakeKeys);
  const signIn = keys.subjectFingerprint(subject);
  const fingerprint = keys.fingerprint(given, institution);
  return unitOfWork.run(async (tx) => {
    await lockLinks(tx);
    const learnerRef = await learnerOfIdentifier(tx, fingerprint);
    if (learnerRef === undefined)
      throw refusalFor([{ pointer: '/identifier', code: 'LEARNER_NOT_FOUND', message: 'No award names a learner by this identifier.' }]);
    const decision = decideLink(learnerRef, await linksOf(tx, signIn, learnerRef));
    if (decision.kind === 'REFUSED') throw refusalFor([decision.fault]);
    if (decision.kind === 'LINKED') return { linkedAt: decision.since.toISOString() };
    const { version } = decision;
    await saveLink(tx, { learnerRef, signIn, version, by: principal.subject, at: now });
    const linkedAt = now.toISOString();
    tx.append(LearnerLinked, { learnerRef, status: 'LINKED', changedAt: linkedAt }, { version, now });
    return { linkedAt };
  });
}
