import { Client } from 'pg';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import type { Database } from '@mcr/database';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A connection beside the pool, for session locks: they end with it and with nothing else.
 * That it is lost is told by the next query.
 */
export async function openOwnSession(database: Database, purpose: string, settings = ''): Promise<Client> {
  const { url } = database.dataSource.options as PostgresDataSourceOptions;
  const session = new Client({
    connectionString: url,
    application_name: `mcr-${database.service}-${purpose}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: `-c search_path=${database.schema} ${settings}`,
  });
  session.on('error', () => undefined);
  await session.connect();
  return session;
}
