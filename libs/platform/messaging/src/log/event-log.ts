import { createHash } from 'node:crypto';
import type { Topic } from '@mcr/event-kit';
import type { Database } from '@mcr/database';

/** One event as the log keeps it. `event` is the CloudEvent as JSON text, byte for byte. */
export interface LogEntry {
  readonly topic: string;
  readonly partition: number;
  readonly pos: number;
  readonly key: string;
  readonly type: string;
  readonly event: string;
  readonly hash: Buffer;
  /** Of which log it says that it is, where it did not come from the log itself. */
  readonly logId?: string;
  /** Where its carrier goes on after it, in the carrier's own counting. */
  readonly carrierOffset?: string;
}

/** The newest position of one partition of a log. */
export interface LogHead {
  readonly topic: string;
  readonly partition: number;
  readonly pos: number;
}

/** A place in a log: everything after `pos` is still to come. */
export type LogPosition = LogHead;

/** The hash that chains an event to everything before it in its partition. */
export const chainHash = (previous: Buffer, event: string): Buffer => createHash('sha256').update(previous).update(event, 'utf8').digest();

type Numbers<Row> = { [K in keyof Row]: Row[K] extends number ? string | number : Row[K] };

/** A service's own log, read with the service's own connection. Appending happens only in a unit of work. */
export class EventLog {
  readonly topics: readonly Topic[];
  readonly #database: Database;
  #identity: string | undefined;

  constructor(database: Database, topics: readonly Topic[]) {
    this.#database = database;
    this.topics = topics;
  }

  /** The id of this log, as it was when the heads were last read. A log that was emptied or made anew has another id. */
  async identity(): Promise<string> {
    if (this.#identity === undefined) await this.heads();
    return this.#identity!;
  }

  /** All heads in one statement. */
  async heads(): Promise<LogHead[]> {
    const rows = await this.#database.query<Numbers<LogHead> & { log_id: string }>(
      'select i.log_id, h.topic, h.partition, h.pos from log_identity i left join log_head h on true',
    );
    this.#identity = rows[0]!.log_id;
    return rows.filter(({ topic }) => topic !== null).map((row) => ({ topic: row.topic, partition: Number(row.partition), pos: Number(row.pos) }));
  }

  /** At most `limit` entries of each position given, in one statement, sorted by topic, partition and position. */
  async readAfter(positions: readonly LogPosition[], limit: number): Promise<LogEntry[]> {
    const rows = await this.#database.query<Numbers<LogEntry>>(
      `select e.topic, e.partition, e.pos, e.key, e.type, e.event, e.hash
         from unnest($1::text[], $2::int[], $3::bigint[]) as want (topic, partition, after)
        cross join lateral (
          select * from event_log l where l.topic = want.topic and l.partition = want.partition and l.pos > want.after order by l.pos limit $4
        ) e
        order by e.topic, e.partition, e.pos`,
      [positions.map((p) => p.topic), positions.map((p) => p.partition), positions.map((p) => p.pos), limit],
    );
    return rows.map((row) => ({ ...row, partition: Number(row.partition), pos: Number(row.pos) }));
  }

  /** When the newest event of a topic was appended; undefined for an empty topic. */
  async lastAppendedAt(topic: string): Promise<Date | undefined> {
    const [row] = await this.#database.query<{ at: Date | null }>(
      `select max(e.appended_at) as at from log_head h join event_log e using (topic, partition, pos) where h.topic = $1`,
      [topic],
    );
    return row?.at ?? undefined;
  }
}
