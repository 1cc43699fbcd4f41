import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { ClientBase, ClientConfig } from 'pg';
import { DataSource, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import type { EntityManager, QueryRunner } from 'typeorm';
import { driverErrorOf, isConnectionLoss, sqlState } from './errors.ts';
import { identifier } from './preparing/sql.ts';

/** What one unit of work may use. It is gone when the work returns. */
export interface Transaction {
  readonly manager: EntityManager;
  /** Always the rows, also of INSERT, UPDATE and DELETE with RETURNING. */
  query<Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

const RETRIED_STATES = new Set(['40001', '40P01']);
const RETRIES = 5;
const FIRST_PAUSE_MS = 10;

async function rowsOf<Row>(runner: QueryRunner, sql: string, params: readonly unknown[] = []): Promise<Row[]> {
  try {
    const result = await runner.query(sql, [...params], true);
    return (result.records ?? []) as Row[];
  } catch (error) {
    throw driverErrorOf(error);
  }
}

/** A connection that is ended is thrown away by the pool when it comes back. */
const discard = (connection: ClientBase): void => void (connection as unknown as { end(): Promise<void> }).end().catch(() => undefined);

const isGone = (error: unknown): boolean => error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;

/** One service's schema, as its running role. Several queries may run at once; each takes a connection of the pool. */
export class Database {
  constructor(
    readonly service: string,
    readonly schema: string,
    readonly dataSource: DataSource,
  ) {}

  /** One statement on its own. Always the rows, also of INSERT, UPDATE and DELETE with RETURNING. */
  async query<Row = Record<string, unknown>>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    const runner = this.dataSource.createQueryRunner();
    const connection = (await runner.connect()) as ClientBase;
    try {
      return await rowsOf<Row>(runner, sql, params);
    } catch (error) {
      if (isConnectionLoss(error)) discard(connection);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /**
   * All of `work` or nothing of it, at READ COMMITTED. After a deadlock or serialization failure the whole of `work`
   * runs again, up to five times, so it must have no effect outside this transaction. It must not wait for anything
   * but the database, and must not use another connection.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt >= RETRIES || !RETRIED_STATES.has(sqlState(error) ?? '')) throw error;
        await delay(Math.random() * FIRST_PAUSE_MS * 2 ** attempt);
      }
    }
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const connection = (await runner.connect()) as ClientBase;
    let loss: unknown;
    const noteLoss = (error: unknown) => (loss ??= error);
    connection.on('error', noteLoss);
    try {
      await runner.startTransaction();
      const result = await work({ manager: runner.manager, query: (sql, params) => rowsOf(runner, sql, params) });
      await this.commit(runner, connection);
      return result;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw isGone(error) && loss !== undefined ? loss : driverErrorOf(error);
    } finally {
      if (connection.getTransactionStatus() !== 'I') discard(connection);
      connection.removeListener('error', noteLoss);
      await runner.release();
    }
  }

  /** PostgreSQL answers COMMIT of a failed transaction with a quiet ROLLBACK: nothing would be kept and nobody would know. */
  private async commit(runner: QueryRunner, connection: ClientBase): Promise<void> {
    const { command } = await connection.query('commit');
    Object.assign(runner, { isTransactionActive: false });
    if (command !== 'COMMIT') throw new Error('A statement of this transaction failed and its error was not passed on; nothing was kept.');
  }

  /** Waits for connections in use, then closes them all. */
  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** The server may announce a connection's end after pool and transaction have let go of it; unheard, that would end the process. */
class HeardClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

export interface OpenDatabaseOptions {
  readonly service: string;
  readonly url: string;
  readonly schema: string;
  readonly poolSize?: number;
  readonly entities?: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type of an entity class
}

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_CONNECTION_MS = 60_000;

/** Opens one service's database with its running role. Fails at once when the server cannot be reached. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: options.entities ?? [],
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize: options.poolSize ?? 8,
    applicationName: `mcr-${options.service}`,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    // An idle connection that dies is replaced by the pool; without a listener it would end the process.
    poolErrorHandler: () => undefined,
    extra: {
      Client: HeardClient,
      options: `-c search_path=${identifier(options.schema)},extensions`,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      keepAlive: true,
    },
  });
  await dataSource.initialize();
  return new Database(options.service, options.schema, dataSource);
}
