import { Client } from 'pg';

/** What the registry's stores hold when everything has come to rest. */
export interface Stores {
  readonly submissions: readonly Submission[];
  readonly awards: readonly Award[];
  /** Every service's log, each in its order. */
  readonly logs: readonly LogRow[];
  /** What the read model shows. */
  readonly shown: readonly Shown[];
  /** What the witness noted, in the order in which it did. */
  readonly notes: readonly Note[];
  /** How far each consumer came beside how far its topic goes. */
  readonly progress: readonly Progress[];
  readonly deadLetters: readonly string[];
}

export interface Submission {
  readonly institution: string;
  readonly eventId: string;
  readonly submissionId: string;
  readonly state: string;
  readonly conflict: boolean;
  readonly awardId: string | null;
}

export interface Award {
  readonly institution: string;
  readonly sourceAwardId: string;
  readonly awardId: string;
  readonly status: string | null;
}

export interface LogRow {
  readonly topic: string;
  readonly partition: number;
  readonly pos: number;
  readonly key: string;
  readonly version: number | null;
  readonly type: string;
  readonly event: string;
  readonly hash: Buffer;
}

export interface Shown {
  readonly awardId: string;
  readonly sourceAwardId: string;
  readonly status: string;
  readonly version: number;
}

export interface Note {
  readonly key: string;
  readonly version: number;
}

export interface Progress {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly reached: number;
  readonly head: number;
}

const SUBMISSIONS = `select institution_code as institution, event_id as "eventId", submission_id as "submissionId", state,
  conflict_of is not null as conflict, award_id as "awardId" from awards.submission`;
const AWARDS = `select s.institution_code as institution, s.source_award_id as "sourceAwardId", s.award_id as "awardId", a.status
  from awards.source_award s left join awards.award a using (award_id) where s.award_id is not null`;
const SHOWN = `select id as "awardId", source_award_id as "sourceAwardId", status, aggregate_version as version from registry.award`;

/** Reads everything, with the superuser's eyes: no service has them. */
export class StoreReader {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(adminUrl: string): Promise<StoreReader> {
    const client = new Client({ connectionString: adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new StoreReader(client);
  }

  async read(): Promise<Stores> {
    return {
      submissions: await this.#rows(SUBMISSIONS),
      awards: await this.#rows(AWARDS),
      logs: await this.#ofEach(
        'event_log',
        (schema) => `select topic, partition, pos::int, key, version, type, event, hash from ${schema}.event_log order by 1, 2, 3`,
      ),
      shown: await this.#rows(SHOWN),
      notes: await this.#rows('select key, version from witness.note order by id'),
      progress: await this.progress(),
      deadLetters: [...(await this.#setAside('dead_letter')), ...(await this.#setAside('parked_event'))],
    };
  }

  /** Every consumer of every service beside the heads of the topics that it reads. */
  async progress(): Promise<Progress[]> {
    const heads = await this.#ofEach<{ topic: string; partition: number; head: number }>(
      'log_head',
      (schema) => `select topic, partition, pos::int as head from ${schema}.log_head`,
    );
    const headOf = new Map(heads.map(({ topic, partition, head }) => [`${topic}/${partition}`, head]));
    const checkpoints = await this.#ofEach<Omit<Progress, 'head'>>(
      'checkpoint',
      (schema) => `select consumer, topic, partition, pos::int as reached from ${schema}.checkpoint`,
    );
    return checkpoints.map((checkpoint) => ({ ...checkpoint, head: headOf.get(`${checkpoint.topic}/${checkpoint.partition}`) ?? 0 }));
  }

  /** Records that are not decided yet. */
  async pending(): Promise<number> {
    const [row] = await this.#rows<{ pending: number }>(`select count(*)::int as pending from awards.submission where state = 'PENDING'`);
    return row!.pending;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  #setAside(table: 'dead_letter' | 'parked_event'): Promise<string[]> {
    const reason = table === 'dead_letter' ? `reason || ' ' || detail` : `'parked'`;
    return this.#ofEach<{ said: string }>(
      table,
      (schema) => `select consumer || ' ' || topic || '/' || partition || '@' || pos || ' ' || ${reason} as said from ${schema}.${table}`,
    ).then((rows) => rows.map(({ said }) => said));
  }

  /** The same question to every schema that has such a table. */
  async #ofEach<Row>(table: string, sql: (schema: string) => string): Promise<Row[]> {
    const schemas = await this.#rows<{ schema: string }>(
      `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = '${table}' and c.relkind = 'r' order by 1`,
    );
    const rows: Row[] = [];
    for (const { schema } of schemas) for (const row of await this.#rows<Row>(sql(schema))) rows.push(row);
    return rows;
  }

  async #rows<Row>(sql: string): Promise<Row[]> {
    return (await this.#client.query(sql)).rows as Row[];
  }
}
