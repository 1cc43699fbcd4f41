import type { Database, Transaction } from '@mcr/database';
import type { LogEntry } from '../log/event-log.ts';
import { describeError, reasonOf } from './failures.ts';

const placeOf = (topic: string, key: string): string => `${topic} ${key}`;

/** The keys, among those of `entries`, that wait behind a dead letter of this consumer. */
export async function parkedKeys(tx: Transaction | Database, consumer: string, entries: readonly LogEntry[]): Promise<Set<string>> {
  const [any] = await tx.query<{ found: boolean }>(
    `select exists (select from dead_letter where consumer = $1) or exists (select from parked_event where consumer = $1) as found`,
    [consumer],
  );
  if (!any!.found) return new Set();
  const rows = await tx.query<{ topic: string; key: string }>(
    `select topic, key from dead_letter where consumer = $1 and key = any ($2)
      union select topic, key from parked_event where consumer = $1 and key = any ($2)`,
    [consumer, [...new Set(entries.map((entry) => entry.key))]],
  );
  return new Set(rows.map((row) => placeOf(row.topic, row.key)));
}

export const isParked = (parked: ReadonlySet<string>, entry: LogEntry): boolean => parked.has(placeOf(entry.topic, entry.key));

/** From now on the key of this entry is parked: what comes after it waits. */
export const noteParked = (parked: Set<string>, entry: LogEntry): void => void parked.add(placeOf(entry.topic, entry.key));

export async function parkEvents(tx: Transaction, consumer: string, entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(
    `insert into parked_event (consumer, topic, partition, pos, key, event)
     select $1, * from unnest($2::text[], $3::int[], $4::bigint[], $5::text[], $6::text[]) on conflict do nothing`,
    [consumer, entries.map((e) => e.topic), entries.map((e) => e.partition), entries.map((e) => e.pos), entries.map((e) => e.key), entries.map((e) => e.event)],
  );
}

/** Sets an event aside with its reason, in the transaction that moves past it. */
export async function buryEvent(tx: Transaction, consumer: string, entry: LogEntry, error: unknown): Promise<void> {
  await tx.query(
    `insert into dead_letter (consumer, topic, partition, pos, key, type, reason, detail, event)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [consumer, entry.topic, entry.partition, entry.pos, entry.key, entry.type, reasonOf(error), describeError(error), entry.event],
  );
}
