import { defineCommand, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { handle } from '../define-service.ts';
import type { OperationHandler } from '../define-service.ts';
import { LONGEST_ANSWER_MS, OPERATE, Reason, orderOf } from './parts.ts';
import type { Operated } from './parts.ts';

const Position = z.int().nonnegative();
const Place = { consumer: z.string(), topic: z.string(), partition: Position };

const ReplayInput = z
  .strictObject({
    ...Place,
    reason: Reason,
    /** Nothing is kept otherwise: what is answered is what would be done. */
    apply: z.boolean().default(false),
    after: Position.default(0),
    fromPos: Position.optional(),
    toPos: Position.optional(),
    key: z.string().optional(),
    type: z.string().optional(),
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ fromPos, toPos, key, type, since, until }) => [fromPos, toPos, key, type, since, until].some((said) => said !== undefined), {
    message: 'Say which events: by position, key, type or time. To apply all of them, rebuild the projection.',
  });

const Replayed = z.object({ examined: z.int(), applied: z.int(), passedOver: z.int(), changedRows: z.int(), after: z.int().optional() });

const Comparison = z.object({
  table: z.string(),
  rows: z.int(),
  digest: z.string(),
  missing: z.int(),
  extra: z.int(),
  altered: z.int(),
  examples: z.array(z.string()),
});

const Rebuilt = z.discriminatedUnion('state', [
  z.object({ state: z.literal('BUILDING'), done: z.int(), behind: z.int() }),
  z.object({ state: z.literal('SWAPPED'), done: z.int(), generation: z.int() }),
  z.object({ state: z.literal('COMPARED'), done: z.int(), tables: z.array(Comparison) }),
  z.object({ state: z.literal('ABANDONED') }),
]);

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

const Reconciled = z.object({
  window: z.object({ from: z.int(), to: z.int(), count: z.int(), hash: Hash }).optional(),
  findings: z.array(z.object({ kind: z.string(), pos: z.int(), message: z.string() })),
  next: z.object({ after: z.int(), hash: Hash }).optional(),
});

/** What is done to whole projections, part by part: whoever asks repeats until there is no next part. */
export function projectionOperations(service: string, { operating }: Operated): OperationHandler[] {
  const named = (name: string) => ({ service, name: `${service}.${name}`, ...OPERATE });
  const replay = defineCommand({ ...named('replay'), input: ReplayInput, output: Replayed, refusals: ['NOT_FOUND', 'ILLEGAL_STATE'] });
  const rebuild = defineCommand({
    ...named('rebuild'),
    input: z.strictObject({ consumer: z.string(), reason: Reason, purpose: z.enum(['swap', 'compare', 'abandon']) }),
    output: Rebuilt,
    refusals: ['NOT_FOUND', 'ILLEGAL_STATE'],
  });
  const reconcile = defineQuery({
    ...named('reconcile'),
    input: z.strictObject({ ...Place, after: Position.default(0), hash: Hash.default('0'.repeat(64)) }),
    output: Reconciled,
    refusals: ['NOT_FOUND'],
  });
  return [
    handle(replay, ({ consumer, topic, partition, reason, apply, after, ...filter }, context) =>
      operating.replay({ consumer, topic, partition }, filter, Math.max(after, (filter.fromPos ?? 1) - 1), orderOf({ reason }, context), apply),
    ),
    handle(rebuild, async ({ consumer, purpose, reason }, context) => {
      const order = orderOf({ reason }, context);
      if (purpose !== 'abandon') return operating.rebuild(consumer, purpose, order, LONGEST_ANSWER_MS);
      await operating.abandonRebuild(consumer, order);
      return { state: 'ABANDONED' as const };
    }),
    handle(reconcile, ({ consumer, topic, partition, after, hash }) => operating.reconcile(consumer, { topic, partition }, after, hash)),
  ];
}
