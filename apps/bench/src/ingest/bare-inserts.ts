import { Pool } from 'pg';
import type { PoolClient } from 'pg';

/** One table's columns and rows, as text, ready to be inserted again. */
interface Copied {
  readonly table: string;
  readonly types: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (string | null)[][];
}

const TABLES = [
  { from: 'awards.submission', where: 'true' },
  { from: 'awards.award', where: 'true' },
  { from: 'awards.event_log', where: 'true' },
  { from: 'registry.award', where: 'true' },
] as const;

/**
 * The baseline: the very rows that the registry wrote for a run, inserted again into copies of its tables with all their indexes,
 * with nothing decided, checked, hashed or carried.
 */
export class BareInserts {
  readonly #pool: Pool;
  #copied: Copied[] = [];

  constructor(adminUrl: string, connections: number) {
    this.#pool = new Pool({ connectionString: adminUrl, max: connections });
  }

  /** Reads the newest `records` records and what was written for them. */
  async copy(records: number): Promise<void> {
    await this.#pool.query('drop schema if exists bare cascade; create schema bare');
    this.#copied = await Promise.all(TABLES.map(({ from }) => this.#copyTable(from, records)));
  }

  async #copyTable(from: string, records: number): Promise<Copied> {
    const [schema, name] = from.split('.') as [string, string];
    const table = `bare.${name}_of_${schema}`;
    await this.#pool.query(`create table ${table} (like ${from} including all)`);
    const columns = await this.#pool.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [from],
    );
    const limit = name === 'event_log' ? records * 2 : records;
    const { rows } = await this.#pool.query<string[]>({
      rowMode: 'array',
      text: `select ${columns.rows.map((c) => `"${c.name}"::text`).join(', ')} from ${from} limit ${limit}`,
    });
    return { table, columns: columns.rows.map((c) => c.name), types: columns.rows.map((c) => c.type), rows };
  }

  async empty(): Promise<void> {
    for (const { table } of this.#copied) await this.#pool.query(`truncate ${table}`);
  }

  /** Inserts everything, so many records a transaction, over all connections at once. */
  async insert(records: number, recordsATransaction: number, connections: number): Promise<void> {
    let next = 0;
    const connection = async (): Promise<void> => {
      const client = await this.#pool.connect();
      for (let from = next; from < records; from = next) {
        next += recordsATransaction;
        await this.#insertRange(client, from / records, Math.min(records, from + recordsATransaction) / records);
      }
      client.release();
    };
    await Promise.all(Array.from({ length: connections }, connection));
  }

  async #insertRange(client: PoolClient, fromShare: number, toShare: number): Promise<void> {
    await client.query('begin');
    for (const { table, columns, types, rows } of this.#copied) {
      const part = rows.slice(Math.round(rows.length * fromShare), Math.round(rows.length * toShare));
      if (part.length === 0) continue;
      const arrays = columns.map((_, column) => part.map((row) => row[column]!));
      // A column of arrays cannot travel as an array of arrays of one length; its text is cast row by row.
      const selected = types.map((type, column) => (type.endsWith('[]') ? `c${column}::${type}` : `c${column}`));
      const unnested = types.map((type, column) => `$${column + 1}::${type.endsWith('[]') ? 'text' : type}[]`);
      await client.query({
        name: `${table}`,
        text: `insert into ${table} (${columns.map((c) => `"${c}"`).join(', ')}) select ${selected.join(', ')} from unnest(${unnested.join(', ')}) as t (${columns.map((_, column) => `c${column}`).join(', ')})`,
        values: arrays,
      });
    }
    await client.query('commit');
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
