import { CalendarDate, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { SEARCH_PATIENCE_MS } from './plan.ts';

/** One place in an answer that is otherwise now; `before` and `after` are JSON, absent where there is nothing. */
export const AnswerDifference = z.object({ pointer: z.string(), before: z.string().optional(), after: z.string().optional() });

/** An answer as it was given, for whoever asked, for a year; and, if facts changed since, what is answered to the same question now. */
export const ReplayedAnswer = defineQuery({
  name: 'replayedAnswer',
  service: 'pathways',
  patienceMs: SEARCH_PATIENCE_MS,
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({
    id: z.uuid(),
    /** The name of the question. */
    question: z.string(),
    givenAt: z.iso.datetime(),
    asOf: CalendarDate,
    graphVersion: z.int().nonnegative(),
    /** JSON, the same bytes as were given. */
    answer: z.string(),
    /** Facts changed since, of whatever kind; the answer may be the same. */
    factsChanged: z.boolean(),
    /** Only where facts changed: the answer of the same question of the same day, and where it differs. Absent where it is refused now. */
    answerNow: z.string().optional(),
    differences: z.array(AnswerDifference),
    /** Only where the question is refused now: the code. */
    refusedNow: z.string().optional(),
  }),
  refusals: ['NOT_FOUND'],
});
