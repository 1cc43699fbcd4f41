import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderInUse, prepareDatabase, startEmbeddedPostgres } from '@mcr/database';
import { Client } from 'pg';

/** What new test databases are copied from: empty but for the extensions, whose creation takes longer than the copy. */
export const testTemplate = 'test_template';

const PREFIX = 'mcr-test-server-';

export interface TestServer {
  readonly url: string;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${testTemplate}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${testTemplate}`;
  await prepareDatabase({ adminUrl: url.href, plans: [], passwords: () => '' });
}

async function startIn(dataDir: string) {
  return startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
}

/** A run that was killed leaves its server behind; the next run removes it. */
async function removeLeftServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const dataDir = join(tmpdir(), name);
    try {
      await (await startIn(dataDir)).stop();
      await rm(dataDir, { recursive: true, force: true });
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error;
    }
  }
}

/** One PostgreSQL for all specs of a run, in a temporary folder, without the care for power cuts. */
export async function startTestServer(): Promise<TestServer> {
  await removeLeftServers();
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  const server = await startIn(dataDir);
  try {
    await makeTemplate(server.adminUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: server.adminUrl,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
