import { CalendarDate, Ctid, StorableText, Uuid } from '@mcr/event-kit';
import { z } from 'zod';

export const HeldMicroCredential = z.strictObject({ microCredential: Ctid, completedOn: CalendarDate, grade: z.number().min(0).max(100).optional() });

/** What is held, as its holder or an advisor knows it; `expiresOn` is the first day on which it is expired. */
export const Completion = HeldMicroCredential.extend({ expiresOn: CalendarDate.optional() });

/** What else is true of the learner, in the words of agreements and pathways. */
export const Declares = z.array(StorableText.trim().min(1).max(40)).max(50).default([]);

/** Instead of what is held: an advisor's question by a learner's consent, or a learner's own. What is held is found then. */
export const OfLearner = { consent: Uuid.optional(), mine: z.boolean().optional() };

/** Whose question it is: what is held or whose it is, what else is true of the learner, and the day that counts; today where none is given. */
export const Situation = { held: z.array(Completion).max(500).optional(), ...OfLearner, declares: Declares, asOf: CalendarDate.optional() };

interface Whose {
  readonly held?: readonly unknown[];
  readonly consent?: string;
  readonly mine?: boolean;
}

/** Does a question say in exactly one way what is held? To be asked of every question with a `Situation`. */
export const saysWhatIsHeld = ({ held, consent, mine }: Whose): boolean =>
  [held !== undefined, consent !== undefined, mine === true].filter(Boolean).length === 1;
export const oneWay = { error: 'Say what is held, or by which consent you ask, or that you ask for yourself: one of the three.', path: ['held'] };

/** Why a question is not answered for somebody who is not the learner, or has no consent of the learner. */
export const whoseRefusals = ['CONSENT_NOT_USABLE', 'LEARNER_NOT_LINKED'] as const;
