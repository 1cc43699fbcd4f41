import { defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { handle } from '../define-service.ts';
import type { OperationHandler } from '../define-service.ts';
import { OPERATE, PageSize } from './parts.ts';
import type { Operated } from './parts.ts';

const Action = z.object({
  id: z.int(),
  at: z.string(),
  who: z.string(),
  action: z.string(),
  reason: z.string(),
  consumer: z.string(),
  topic: z.string().optional(),
  partition: z.int().optional(),
  pos: z.int().optional(),
  key: z.string().optional(),
  outcome: z.unknown().optional(),
});

const Lag = z.object({ consumer: z.string(), topic: z.string(), behind: z.int(), lastAppendedAt: z.string().optional() });

const Consumer = z.object({
  name: z.string(),
  kind: z.string(),
  rebuildable: z.boolean(),
  topics: z.array(z.object({ name: z.string(), partitions: z.int() })),
});

/** How the consumers stand, and what operators did with them. */
export function standingOperations(service: string, { operating, lag }: Operated): OperationHandler[] {
  const actions = defineQuery({
    ...OPERATE,
    service,
    name: `${service}.actions`,
    input: z.strictObject({ limit: PageSize, before: z.int().optional() }),
    output: z.object({ actions: z.array(Action) }),
    refusals: [],
  });
  const howFar = defineQuery({ ...OPERATE, service, name: `${service}.lag`, input: z.strictObject({}), output: z.object({ lag: z.array(Lag) }), refusals: [] });
  const consumers = defineQuery({
    ...OPERATE,
    service,
    name: `${service}.consumers`,
    input: z.strictObject({}),
    output: z.object({ consumers: z.array(Consumer) }),
    refusals: [],
  });
  return [
    handle(consumers, async () => ({ consumers: await operating.consumers() })),
    handle(actions, async ({ limit, before }) => ({ actions: await operating.actions(limit, before) })),
    handle(howFar, async () => ({
      lag: (await lag()).map(({ lastAppendedAt, ...one }) => ({ ...one, ...(lastAppendedAt ? { lastAppendedAt: lastAppendedAt.toISOString() } : {}) })),
    })),
  ];
}
