import { readFacts } from '../../storage/fact-store.ts';
import type { StoredSubmission } from '../../storage/submission-store.ts';
import type { Arrival } from '../arrival.ts';
import { admit, firstOfEachEvent } from './admit.ts';
import { assignLearners } from './assign-learners.ts';
import { decideAsNew, decideUnderLock, outcomesOf } from './decide-arrivals.ts';
import { microCredentialsOf, type Group, type Verdict, type Work } from './group.ts';
import { keepAwards, keepOutcomes } from './keep-decisions.ts';

/** The submission that answers for an arrival, and how it stands. */
export type Answer = Pick<StoredSubmission, 'submissionId' | 'state'>;

/**
 * Decides a group in one transaction, with the same few statements whatever its size. Locks are taken in one order:
 * submissions, sourceAwardIds, learner identifiers, the heads of the log. Returns the answer to every arrival, in order.
 */
export async function processGroup(work: Work, group: Group): Promise<Answer[]> {
  const firsts = firstOfEachEvent(group.arrivals);
  const facts = await readFacts(work.tx, [...new Set(firsts.map(({ institutionCode }) => institutionCode))], microCredentialsOf(firsts));
  const asNew = decideAsNew(firsts, { ...work.moment, facts });
  const written = outcomesOf(asNew);

  const { admitted, conflicts, repeats } = await admit(work, group.arrivals, written);
  const sourceAwards = await decideUnderLock(work, admitted, asNew, group.revisits);
  const learners = await assignLearners(
    work,
    sourceAwards.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'issued')),
  );
  await keepAwards(work, sourceAwards, learners);
  const verdicts: Verdict[] = [
    ...asNew.unreadable.filter(({ arrival }) => admitted.has(arrival)),
    ...sourceAwards.flatMap((sourceAward) => sourceAward.verdicts),
    ...conflicts,
  ];
  for (const { arrival, outcome } of conflicts) written.set(arrival, outcome);
  await keepOutcomes(work, verdicts, written, learners);
  return answers(group.arrivals, verdicts, repeats);
}

function answers(arrivals: readonly Arrival[], verdicts: readonly Verdict[], repeats: ReadonlyMap<Arrival, Answer>): Answer[] {
  const states = new Map(verdicts.map(({ arrival, outcome }) => [arrival.submissionId, outcome.state]));
  return arrivals.map((arrival) => {
    const { submissionId, state } = repeats.get(arrival) ?? { submissionId: arrival.submissionId, state: 'PENDING' };
    return { submissionId, state: states.get(submissionId) ?? state };
  });
}
