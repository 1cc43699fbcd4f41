import { LearnerUnlinked, type UnlinkLearner } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { IntakeKeys } from '../intake/intake-keys.ts';
import { linksOf, lockLinks, saveLink } from '../storage/learner-link-store.ts';

/** Takes back whose sign-in it is. */
export function unlinkLearner({ subject }: InputOf<typeof UnlinkLearner>, context: OperationContext): Promise<OutputOf<typeof UnlinkLearner>> {
  const { principal, now, unitOfWork, resolve } = context;
  const signIn = resolve(IntakeKeys).subjectFingerprint(subject);
  return unitOfWork.run(async (tx) => {
    await lockLinks(tx);
    const [link] = await linksOf(tx, signIn);
    if (!link) throw new Refusal('LEARNER_NOT_FOUND', 'No learner is linked to this sign-in.');
    const { learnerRef } = link;
    const version = link.version + 1;
    await saveLink(tx, { learnerRef, signIn: undefined, version, by: principal.subject, at: now });
    const unlinkedAt = now.toISOString();
    tx.append(LearnerUnlinked, { learnerRef, status: 'UNLINKED', changedAt: unlinkedAt }, { version, now });
    return { unlinkedAt };
  });
}
