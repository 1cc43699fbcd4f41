import { type Database, openDatabase, prepareDatabase, roleUrl } from '@mcr/database';
import { freshDatabase, testPassword } from '@mcr/testing';
import { REGISTRY_SCHEMA, registryMigrations } from '../migrations/registry-migrations.ts';

const READER = 'mcr_registry_reader';

export interface OpenRegistry {
  readonly adminUrl: string;
  /** As the service that writes it. */
  readonly writer: Database;
  /** As the role that may only read. */
  readonly reader: Database;
  close(): Promise<void>;
}

/** The read model in a database of its own, beside a schema that its reader must not see. */
export async function openRegistry(): Promise<OpenRegistry> {
  const { adminUrl, drop } = await freshDatabase();
  const secret = { number: 1, name: 'secret', sql: () => 'create table secret (id int primary key)' };
  const plans = [
    { schema: 'search', service: 'search', migrations: [{ owner: 'search', steps: [secret] }] },
    { schema: REGISTRY_SCHEMA, service: 'search', migrations: [{ owner: REGISTRY_SCHEMA, steps: registryMigrations }], readers: [READER] },
  ];
  await prepareDatabase({ adminUrl, plans, passwords: testPassword });
  const open = (role: string, schema: string) => openDatabase({ service: 'search', schema, url: roleUrl(adminUrl, role, testPassword(role)), poolSize: 4 });
  const [writer, reader] = [await open('mcr_search', 'search'), await open(READER, REGISTRY_SCHEMA)];
  const close = async () => {
    await Promise.all([writer.close(), reader.close()]);
    await drop();
  };
  return { adminUrl, writer, reader, close };
}
