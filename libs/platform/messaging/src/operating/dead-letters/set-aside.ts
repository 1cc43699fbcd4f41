import type { Transaction } from '@mcr/database';
import type { LogEntry } from '../../log/event-log.ts';
import { describeError, reasonOf } from '../../processing/failures.ts';

type Reading = Pick<Transaction, 'query'>;

/** A key of one consumer, all of whose set-aside events are meant. */
export interface ParkedKey {
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
}

/** One event that was set aside: the dead letter itself, or one that waits behind it. */
export interface SetAside {
  readonly partition: number;
  readonly pos: number;
  /** As it was stored, byte for byte. */
  readonly event: string;
  readonly letter: boolean;
}

/** A dead letter as it may be listed: nothing of what the event says, and nothing of what the handler said. */
export interface DeadLetter extends ParkedKey {
  readonly id: string;
  readonly partition: number;
  readonly pos: number;
  readonly type: string;
  readonly reason: string;
  readonly buriedAt: string;
  /** Events of the key that wait behind it. */
  readonly parked: number;
  /** Who asked to drop it since it was last tried. */
  readonly discardAskedBy: string[];
}

/** A dead letter with what was stored of it. */
export interface StoredDeadLetter extends DeadLetter {
  readonly detail: string;
  readonly event: string;
}

/** A key that waits although its dead letter is gone: a redrive ended before its tail did. */
export interface WaitingKey extends ParkedKey {
  readonly parked: number;
}

const letters = `
  select d.id, d.consumer, d.topic, d.partition, d.pos::float8 as pos, d.key, d.type, d.reason, d.detail, d.event,
    to_char(d.buried_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "buriedAt",
    (select count(*)::int from parked_event p where (p.consumer, p.topic, p.key) = (d.consumer, d.topic, d.key)) as parked,
    array(select distinct a.who from operator_action a where a.action = 'DISCARD_ASKED' and a.at > d.buried_at
      and (a.consumer, a.topic, a.partition, a.pos) = (d.consumer, d.topic, d.partition, d.pos)) as "discardAskedBy"
  from dead_letter d`;

export interface LetterFilter {
  readonly consumer?: string;
  readonly topic?: string;
  readonly key?: string;
  readonly limit: number;
  /** The id of the last letter of the page before. */
  readonly after?: string;
}

/** The oldest first. */
export async function listDeadLetters(tx: Reading, { consumer, topic, key, limit, after }: LetterFilter): Promise<DeadLetter[]> {
  const rows = await tx.query<StoredDeadLetter>(
    `${letters}
      where ($1::text is null or d.consumer = $1) and ($2::text is null or d.topic = $2) and ($3::text is null or d.key = $3)
        and ($5::uuid is null or (d.buried_at, d.id) > (select buried_at, id from dead_letter where id = $5))
      order by d.buried_at, d.id limit $4`,
    [consumer ?? null, topic ?? null, key ?? null, limit, after ?? null],
  );
  return rows.map(({ detail: _detail, event: _event, ...letter }) => letter);
}

export async function countDeadLetters(tx: Reading): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*)::int as count from dead_letter');
  return row!.count;
}

export async function findDeadLetter(tx: Reading, id: string): Promise<StoredDeadLetter | undefined> {
  const [row] = await tx.query<StoredDeadLetter>(`${letters} where d.id = $1`, [id]);
  return row;
}

export function listWaitingKeys(tx: Reading, limit: number): Promise<WaitingKey[]> {
  return tx.query<WaitingKey>(
    `select consumer, topic, key, count(*)::int as parked from parked_event p
      where not exists (select from dead_letter d where (d.consumer, d.topic, d.key) = (p.consumer, p.topic, p.key))
      group by consumer, topic, key order by consumer, topic, key limit $1`,
    [limit],
  );
}

/** What is set aside of a key, in order, at most `limit`. */
export async function setAsideOf(tx: Reading, { consumer, topic, key }: ParkedKey, limit: number): Promise<SetAside[]> {
  return tx.query<SetAside>(
    `select partition, pos::float8 as pos, event, true as letter from dead_letter where consumer = $1 and topic = $2 and key = $3
     union all
     select partition, pos::float8, event, false from parked_event where consumer = $1 and topic = $2 and key = $3
     order by partition, pos limit $4`,
    [consumer, topic, key, limit],
  );
}

export async function countSetAside(tx: Reading, { consumer, topic, key }: ParkedKey): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select (select count(*) from dead_letter where consumer = $1 and topic = $2 and key = $3)::int
          + (select count(*) from parked_event where consumer = $1 and topic = $2 and key = $3)::int as count`,
    [consumer, topic, key],
  );
  return row!.count;
}

/** These have had their effect. */
export async function removeSetAside(tx: Reading, consumer: string, topic: string, done: readonly Pick<SetAside, 'partition' | 'pos'>[]): Promise<void> {
  if (done.length === 0) return;
  const places = [consumer, topic, done.map(({ partition }) => partition), done.map(({ pos }) => pos)];
  for (const table of ['dead_letter', 'parked_event'])
    await tx.query(`delete from ${table} where consumer = $1 and topic = $2 and (partition, pos) in (select * from unnest($3::int[], $4::bigint[]))`, places);
}

/** This one failed: it is the dead letter of its key now, or still. */
export async function failAgain(tx: Reading, consumer: string, entry: LogEntry, error: unknown): Promise<void> {
  const place = [consumer, entry.topic, entry.partition, entry.pos];
  await tx.query('delete from parked_event where consumer = $1 and topic = $2 and partition = $3 and pos = $4', place);
  await tx.query(
    `insert into dead_letter (consumer, topic, partition, pos, key, type, reason, detail, event)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (consumer, topic, partition, pos) do update set reason = excluded.reason, detail = excluded.detail, buried_at = clock_timestamp()`,
    [...place, entry.key, entry.type, reasonOf(error), describeError(error), entry.event],
  );
}

/** Which of these positions wait, or were discarded: they are not to be applied again. */
export async function setAsidePositions(
  tx: Reading,
  consumer: string,
  topic: string,
  partition: number,
  entries: readonly Pick<LogEntry, 'pos'>[],
): Promise<Set<number>> {
  if (entries.length === 0) return new Set();
  const rows = await tx.query<{ pos: number }>(
    ['dead_letter', 'parked_event', 'discarded_event']
      .map((table) => `select pos::float8 as pos from ${table} where consumer = $1 and topic = $2 and partition = $3 and pos between $4 and $5`)
      .join(' union '),
    [consumer, topic, partition, entries[0]!.pos, entries.at(-1)!.pos],
  );
  return new Set(rows.map(({ pos }) => pos));
}

/** What is set aside between two positions of a partition. */
export function setAsideAt(
  tx: Reading,
  consumer: string,
  { topic, partition }: { topic: string; partition: number },
  from: number,
  to: number,
): Promise<{ pos: number; event: string }[]> {
  return tx.query(
    ['dead_letter', 'parked_event']
      .map((table) => `select pos::float8 as pos, event from ${table} where consumer = $1 and topic = $2 and partition = $3 and pos between $4 and $5`)
      .join(' union all ') + ' order by pos',
    [consumer, topic, partition, from, to],
  );
}
