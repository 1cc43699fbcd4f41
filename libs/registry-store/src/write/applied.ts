import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

const SLOTS = 16;

const sql = statement(
  (registry) => `
  with free as (
    select topic, slot from ${registry}.projection_state where topic = $1 order by slot limit 1 for update skip locked
  )
  update ${registry}.projection_state kept set last_event_at = greatest(kept.last_event_at, $2::timestamptz)
  from free where (kept.topic, kept.slot) = (free.topic, free.slot)
  returning kept.slot`,
);

const prepare = statement(
  (registry) => `
  insert into ${registry}.projection_state (topic, slot) select $1, slot from generate_series(1, ${SLOTS}) slot on conflict do nothing`,
);

/**
 * Notes when the newest event happened that this transaction takes in. It takes whichever slot of the topic no other transaction holds;
 * there are more slots than partitions, of which each has one transaction at a time.
 */
export async function noteApplied(tx: Writer, topic: string, newestEventAt: string): Promise<void> {
  if ((await tx.query(sql(tx), [topic, newestEventAt])).length > 0) return;
  await tx.query(prepare(tx), [topic]);
  await tx.query(sql(tx), [topic, newestEventAt]);
}
