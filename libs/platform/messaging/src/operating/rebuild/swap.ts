import { Refusal } from '@mcr/event-kit';
import type { Transaction } from '@mcr/database';
import { forget, namesOf } from './next-generation.ts';
import type { Generation } from './next-generation.ts';

type Reading = Pick<Transaction, 'query'>;

/** The next generation takes the place of the live one: its tables, and its dead letters. */
export async function swapGenerations(tx: Reading, generation: Generation): Promise<void> {
  const { consumer, next, number } = generation;
  await tx.query('select swap_standby($1, $2)', [generation.schema, namesOf(generation)]);
  // What failed before and works now has its effect in the new tables.
  for (const table of ['dead_letter', 'parked_event'])
    await tx.query(
      `delete from ${table} l where l.consumer = $1 and not exists (select from dead_letter n where n.consumer = $2 and n.topic = l.topic and n.key = l.key)`,
      [consumer, next],
    );
  await forget(tx, next);
  await tx.query('update projection set generation = $2, next_since = null where consumer = $1', [consumer, number]);
}

/** @throws Refusal when the next generation could not process what the live one has. */
export async function refuseNewDeadLetters(tx: Reading, { consumer, next }: Generation): Promise<void> {
  const fresh = await tx.query<{ place: string; reason: string }>(
    `select n.topic || '/' || n.partition || '@' || n.pos as place, n.reason from dead_letter n where n.consumer = $1
       and not exists (select from dead_letter l where l.consumer = $2 and (l.topic, l.partition, l.pos) = (n.topic, n.partition, n.pos))
     order by n.topic, n.partition, n.pos limit 5`,
    [next, consumer],
  );
  if (fresh.length === 0) return;
  const named = fresh.map(({ place, reason }) => `${place} (${reason})`).join(', ');
  throw new Refusal(
    'ILLEGAL_STATE',
    `Events that the live projection has processed cannot be processed now: ${named}. Mend the reaction, then abandon this rebuild and begin again.`,
  );
}
