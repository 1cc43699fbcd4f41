import { Instant, Uuid, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';

/** Whether some sign-in is the learner's. Which one is nobody's business but that of awards. */
export const LearnerLinkSnapshot = z.object({ learnerRef: Uuid, status: z.enum(['LINKED', 'UNLINKED']), changedAt: Instant });

const learnerEvent = (pastTense: string) =>
  defineEvent({ type: `ca.bc.mcr.learner.${pastTense}.v1`, topic: topics.awards, key: ({ learnerRef }) => learnerRef, data: LearnerLinkSnapshot });

/** A registrar said whose sign-in it is: from now on the learner sees the awards. */
export const LearnerLinked = learnerEvent('linked');
/** The sign-in is nobody's any more. */
export const LearnerUnlinked = learnerEvent('unlinked');
