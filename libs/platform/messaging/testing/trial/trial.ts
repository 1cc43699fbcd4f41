import { Client } from 'pg';
import type { EventDefinition } from '@mcr/event-kit';
import { prepareDatabase, roleUrl } from '@mcr/database';
import { eventually, freshDatabase, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { check, checkLog } from './checker.ts';
import type { Findings, LoggedEvent, Named } from './checker.ts';
import { trialPlans } from './tables.ts';
import type { TrialUrls } from '../processes/protocol.ts';

/** One effect as the reader noted it. */
export interface Effect {
  readonly key: string;
  readonly version: number;
  readonly process: number;
}

/** Signs in as administrator, works, and leaves. */
async function asAdmin(url: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

/** A database with both services' schemas, from which each case gets a copy. */
export class PreparedTrial {
  readonly #template: TestDatabase;
  #copies = 0;

  private constructor(template: TestDatabase) {
    this.#template = template;
  }

  static async open(): Promise<PreparedTrial> {
    const template = await freshDatabase();
    await prepareDatabase({ adminUrl: template.adminUrl, plans: trialPlans, passwords: testPassword });
    return new PreparedTrial(template);
  }

  async copy(): Promise<Trial> {
    const url = new URL(this.#template.adminUrl);
    const template = url.pathname.slice(1);
    const name = `${template}_${++this.#copies}`;
    const onServer = (sql: string): Promise<void> => asAdmin(new URL('/postgres', url).href, (admin) => admin.query(sql));
    await onServer(`create database ${name} template ${template}`);
    url.pathname = `/${name}`;
    return Trial.open(url.href, () => onServer(`drop database ${name} with (force)`));
  }

  close(): Promise<void> {
    return this.#template.drop();
  }
}

/** One case's database, and what can be read back from it. */
export class Trial {
  readonly urls: TrialUrls;
  readonly admin: Client;
  readonly #drop: () => Promise<void>;

  private constructor(adminUrl: string, admin: Client, drop: () => Promise<void>) {
    const of = (service: string): string => roleUrl(adminUrl, `mcr_${service}`, testPassword(`mcr_${service}`));
    this.urls = { trial: of('trial'), reader: of('reader') };
    this.admin = admin;
    this.#drop = drop;
  }

  static async open(adminUrl: string, drop: () => Promise<void>): Promise<Trial> {
    const admin = new Client({ connectionString: adminUrl });
    await admin.connect();
    return new Trial(adminUrl, admin, drop);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.#drop();
  }

  async rows<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.admin.query(sql, [...params])).rows as Row[];
  }

  /** A service's whole log, in order. */
  async log(schema: 'trial' | 'reader' = 'trial'): Promise<LoggedEvent[]> {
    const rows = await this.rows<LoggedEvent>(
      `select topic, partition, pos, key, version, event, hash from ${schema}.event_log order by topic, partition, pos`,
    );
    return rows.map((row) => ({ ...row, pos: Number(row.pos) }));
  }

  /** Appends a text that no producer of ours would write, to partition 0. */
  async append({ type, topic }: EventDefinition, key: string, text: string): Promise<void> {
    await this.rows('select trial.append_events(array[$1], array[0], array[gen_random_uuid()], array[$2], array[null::int], array[$3], $4)', [
      topic.name,
      key,
      type,
      text,
    ]);
  }

  effects(consumer: string): Promise<Effect[]> {
    return this.rows('select key, version, process from reader.effect where consumer = $1 order by id', [consumer]);
  }

  /** How many entries of its topics the consumer has behind it, dead letters and parked ones among them. */
  async done(consumer: string): Promise<number> {
    const [row] = await this.rows<{ done: string | null }>('select sum(pos) as done from reader.checkpoint where consumer = $1', [consumer]);
    return Number(row!.done);
  }

  /** Resolves when the consumer has come to the end of everything that is written in its topics. */
  comesToTheEnd(consumer: string): Promise<void> {
    return eventually(
      async () => {
        const [row] = await this.rows<{ behind: string }>(
          `select coalesce(sum(h.pos - coalesce(c.pos, 0)), 0) as behind
             from trial.log_head h left join reader.checkpoint c on c.consumer = $1 and c.topic = h.topic and c.partition = h.partition
            where h.topic in (select topic from reader.checkpoint where consumer = $1)`,
          [consumer],
        );
        if (Number(row!.behind) !== 0) throw new Error(`${consumer} is ${row!.behind} events behind.`);
      },
      { timeoutMs: 20_000 },
    );
  }

  deadLetters(consumer: string): Promise<{ key: string; pos: number; reason: string; detail: string }[]> {
    return this.rows('select key, pos::int, reason, detail from reader.dead_letter where consumer = $1 order by topic, partition, pos', [consumer]);
  }

  parked(consumer: string): Promise<{ key: string; pos: number }[]> {
    return this.rows('select key, pos::int from reader.parked_event where consumer = $1 order by topic, partition, pos', [consumer]);
  }

  /** What a consumer of all counters did, against what was promised and written. */
  async findings(consumer: string, acknowledged: readonly Named[]): Promise<Findings> {
    return check({ acknowledged, written: await this.log(), effects: await this.effects(consumer) });
  }

  async logFaults(): Promise<string[]> {
    return checkLog(await this.log());
  }
}
