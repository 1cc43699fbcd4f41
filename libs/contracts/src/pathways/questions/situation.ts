import { CalendarDate, Ctid, StorableText } from '@mcr/event-kit';
import { z } from 'zod';

export const HeldMicroCredential = z.strictObject({ microCredential: Ctid, completedOn: CalendarDate, grade: z.number().min(0).max(100).optional() });

/** What is held, as its holder or an advisor knows it; `expiresOn` is the first day on which it is expired. */
export const Completion = HeldMicroCredential.extend({ expiresOn: CalendarDate.optional() });

/** What else is true of the learner, in the words of agreements and pathways. */
export const Declares = z.array(StorableText.trim().min(1).max(40)).max(50).default([]);

/** Whose question it is: what is held, what else is true of the learner, and the day that counts; today where none is given. */
export const Situation = { held: z.array(Completion).max(500), declares: Declares, asOf: CalendarDate.optional() };
