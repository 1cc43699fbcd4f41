import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase, startEmbeddedPostgres, stopAbandonedPostgres } from '@mcr/database';
import { Client } from 'pg';

/** What new test databases are copied from: empty but for the extensions, whose creation takes longer than the copy. */
export const testTemplate = 'test_template';

const PREFIX = 'mcr-test-server-';

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
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

/** A run that was killed leaves its server behind; the next run removes it. What another user left is not ours to remove. */
export async function removeLeftServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const dataDir = join(tmpdir(), name);
    const abandoned = await stopAbandonedPostgres(dataDir).catch(() => false);
    if (abandoned) await rm(dataDir, { recursive: true, force: true });
  }
}

/** One PostgreSQL for all specs of a run, in a temporary folder, without the care for power cuts. */
export async function startTestServer(): Promise<TestServer> {
  await removeLeftServers();
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX));
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
  try {
    await makeTemplate(server.adminUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: server.adminUrl,
    dataDir,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
