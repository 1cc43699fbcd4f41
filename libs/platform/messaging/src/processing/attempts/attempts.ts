import type { Client, QueryConfig } from 'pg';
import type { Database } from '@mcr/database';
import { holdAttempts } from '../../advisory-locks.ts';
import { placeKey } from '../inbox.ts';
import type { Slice } from '../inbox.ts';
import { openOwnSession } from '../own-session.ts';

type Where = Pick<Slice, 'topic' | 'partition'>;

/** What a process that died had in hand in one partition. */
export interface Unfinished extends Where {
  readonly upTo: number;
  /** The entry that it was alone with, if it was, and how often a process has died alone with it. */
  readonly alonePos: number | undefined;
  readonly deaths: number;
}

const ASK_AGAIN_MS = 5000;

const begin = `
  insert into attempt (consumer, topic, partition, from_pos, to_pos) select $1, * from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[])
  on conflict (consumer, topic, partition) do update set from_pos = excluded.from_pos, to_pos = excluded.to_pos, alone_pos = null, count = 0`;

const alone = `
  insert into attempt (consumer, topic, partition, from_pos, to_pos, alone_pos, count) values ($1, $2, $3, $4, $4, $4, $5)
  on conflict (consumer, topic, partition) do update
    set to_pos = greatest(attempt.to_pos, excluded.to_pos), alone_pos = excluded.alone_pos, count = excluded.count`;

const unfinished = `
  select a.topic, a.partition, a.to_pos, a.alone_pos, a.count
    from attempt a join checkpoint c using (consumer, topic, partition)
   where a.consumer = $1 and a.to_pos > c.pos and (a.topic, a.partition) in (select * from unnest($2::text[], $3::int[]))`;

/**
 * Notes what one consumer of this process has in hand, so that the next process knows what this one died of. It is written on a
 * session of its own, which holds an advisory lock for each partition: of several processes one keeps notes, and whoever takes
 * over a lock reads what was left behind.
 *
 * The notes must outlive this process, not the database server, so no commit of theirs waits for the disk. A note that is lost
 * with the server costs one more death until a killer is known.
 */
export class Attempts {
  readonly #database: Database;
  readonly #consumer: string;
  readonly #held = new Set<string>();
  /** Where this process has taken over once: what stands there since is its own, and it is alive. */
  readonly #known = new Set<string>();
  readonly #askAgainAt = new Map<string, number>();
  #session: Promise<Client> | undefined;

  constructor(database: Database, consumer: string) {
    this.#database = database;
    this.#consumer = consumer;
  }

  /** Takes charge of these partitions where no other process has. Returns what was left unfinished by one that died. */
  async claim(places: readonly Where[]): Promise<Unfinished[]> {
    const open = places.filter((place) => !this.#held.has(placeKey(place)) && (this.#askAgainAt.get(placeKey(place)) ?? 0) <= Date.now());
    if (open.length === 0) return [];
    const locked = await this.#query<Where & { held: boolean }>({ text: holdAttempts, values: [this.#consumer, ...columns(open)] });
    const taken = locked.filter(({ held }) => held);
    for (const { held, topic, partition } of locked) {
      if (held) this.#held.add(placeKey({ topic, partition }));
      else this.#askAgainAt.set(placeKey({ topic, partition }), Date.now() + ASK_AGAIN_MS);
    }
    const fresh = taken.filter((place) => !this.#known.has(placeKey(place)));
    if (fresh.length === 0) return [];
    // After the lock was taken: until then the one who died may have written.
    const left = await this.#query<Where & Record<'to_pos' | 'alone_pos' | 'count', string | null>>({
      text: unfinished,
      values: [this.#consumer, ...columns(fresh)],
    });
    for (const place of fresh) this.#known.add(placeKey(place));
    return left.map(({ topic, partition, to_pos, alone_pos, count }) => ({
      topic,
      partition: Number(partition),
      upTo: Number(to_pos),
      alonePos: alone_pos === null ? undefined : Number(alone_pos),
      deaths: alone_pos === null ? 0 : Number(count),
    }));
  }

  /** A batch is about to be handled: one statement for all of it. */
  async begin(slices: readonly Pick<Slice, 'topic' | 'partition' | 'entries'>[]): Promise<void> {
    const held = slices.filter((slice) => this.#held.has(placeKey(slice)));
    if (held.length === 0) return;
    const ends = [held.map(({ entries }) => entries[0]!.pos), held.map(({ entries }) => entries.at(-1)!.pos)];
    await this.#query({ name: 'begin', text: begin, values: [this.#consumer, ...columns(held), ...ends] });
  }

  /** One entry is about to be handled alone, with which a process has died `deaths` times. */
  async alone(place: Where, pos: number, deaths: number): Promise<void> {
    if (!this.#held.has(placeKey(place))) return;
    await this.#query({ name: 'alone', text: alone, values: [this.#consumer, place.topic, place.partition, pos, deaths + 1] });
  }

  /** It was handled, well or badly: whatever ends this process now is not its doing. */
  async survived(place: Where): Promise<void> {
    if (!this.#held.has(placeKey(place))) return;
    const text = 'update attempt set alone_pos = null, count = 0 where consumer = $1 and topic = $2 and partition = $3';
    await this.#query({ name: 'survived', text, values: [this.#consumer, place.topic, place.partition] });
  }

  /** This process ends in order: nothing that it leaves undone was its death. */
  async release(): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    if (!session) return;
    const places = [...this.#held].map((place) => place.split('/'));
    const text = `update attempt set to_pos = 0, alone_pos = null, count = 0
                   where consumer = $1 and (topic, partition) in (select * from unnest($2::text[], $3::int[]))`;
    await session.query(text, [this.#consumer, places.map(([topic]) => topic), places.map(([, partition]) => Number(partition))]).catch(() => undefined);
    this.#forget();
    await session.end().catch(() => undefined);
  }

  async #query<Row>(query: QueryConfig): Promise<Row[]> {
    this.#session ??= openOwnSession(this.#database, 'attempts', '-c synchronous_commit=off');
    const opened = this.#session;
    try {
      return (await (await opened).query(query)).rows as Row[];
    } catch (error) {
      if (this.#session === opened) this.#forget();
      void opened.then((session) => session.end()).catch(() => undefined);
      throw error;
    }
  }

  #forget(): void {
    this.#session = undefined;
    this.#held.clear();
  }
}

const columns = (places: readonly Where[]): [string[], number[]] => [places.map(({ topic }) => topic), places.map(({ partition }) => partition)];
