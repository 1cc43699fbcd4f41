import { defineCommand, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { handle } from '../define-service.ts';
import type { OperationHandler } from '../define-service.ts';
import { OPERATE, PageSize, REVIEW, Reason, orderOf, redriveForAWhile } from './parts.ts';
import type { Operated } from './parts.ts';

const ParkedKey = z.object({ consumer: z.string(), topic: z.string(), key: z.string() });

const DeadLetter = ParkedKey.extend({
  id: z.uuid(),
  partition: z.int(),
  pos: z.int(),
  type: z.string(),
  reason: z.string(),
  buriedAt: z.string(),
  parked: z.int(),
  discardAskedBy: z.array(z.string()),
});

const Redriven = ParkedKey.extend({
  applied: z.int(),
  remaining: z.int(),
  failed: z.object({ pos: z.int(), reason: z.string() }).optional(),
});

/** Which events to apply again: a dead letter with what waits behind it, or a key whose letter is gone already. */
const OfLetterOrKey = z.union([z.strictObject({ id: z.uuid(), reason: Reason }), ParkedKey.strict().extend({ reason: Reason })]);

/** Everything about events that were set aside. Nothing of a learner is in any answer. */
export function deadLetterOperations(service: string, { operating }: Operated): OperationHandler[] {
  const named = (name: string) => ({ service, name: `${service}.${name}` });
  const deadLetters = defineQuery({
    ...named('deadLetters'),
    ...REVIEW,
    input: z.strictObject({
      consumer: z.string().optional(),
      topic: z.string().optional(),
      key: z.string().optional(),
      limit: PageSize,
      after: z.uuid().optional(),
    }),
    output: z.object({ letters: z.array(DeadLetter), total: z.int(), waiting: z.array(ParkedKey.extend({ parked: z.int() })) }),
    refusals: [],
  });
  const deadLetter = defineQuery({
    ...named('deadLetter'),
    ...REVIEW,
    input: z.strictObject({ id: z.uuid() }),
    output: DeadLetter.extend({ detail: z.string(), bytes: z.int(), event: z.record(z.string(), z.unknown()).optional() }),
    refusals: ['NOT_FOUND'],
  });
  const redrive = defineCommand({ ...named('redrive'), ...OPERATE, input: OfLetterOrKey, output: Redriven, refusals: ['NOT_FOUND', 'ILLEGAL_STATE'] });
  const discard = defineCommand({
    ...named('discard'),
    ...OPERATE,
    input: z.strictObject({ id: z.uuid(), reason: Reason }),
    output: ParkedKey,
    refusals: ['NOT_FOUND'],
  });
  const confirmDiscard = defineCommand({
    ...named('confirmDiscard'),
    ...REVIEW,
    input: z.strictObject({ id: z.uuid(), reason: Reason }),
    output: Redriven,
    refusals: ['NOT_FOUND', 'ILLEGAL_STATE', 'APPROVER_IS_REQUESTER'],
  });
  return [
    handle(deadLetters, (filter) => operating.deadLetters(filter)),
    handle(deadLetter, ({ id }) => operating.deadLetter(id)),
    handle(redrive, (input, context) =>
      redriveForAWhile(
        () => ('id' in input ? operating.redriveLetter(input.id, orderOf(input, context)) : operating.redriveKey(input, orderOf(input, context))),
        (key) => operating.redriveKey(key, orderOf(input, context)),
      ),
    ),
    handle(discard, (input, context) => operating.askToDiscard(input.id, orderOf(input, context))),
    handle(confirmDiscard, (input, context) => operating.confirmDiscard(input.id, orderOf(input, context))),
  ];
}
