import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import '../../../../tools/typescript.mjs';
import { keepServer } from './run-server.mjs';

async function needsDatabase(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    if (entry.isDirectory() ? await needsDatabase(join(folder, entry.name)) : entry.name.endsWith('.int.spec.ts')) return true;
  }
  return false;
}

/** One PostgreSQL for the run: the one that is there already, or a new one when a spec needs it. */
export default async function globalSetup(_globalConfig, { rootDir }) {
  if (process.env.TEST_DATABASE_URL || !(await needsDatabase(rootDir))) return;
  const { startTestServer } = await import('./test-server.ts');
  const server = await startTestServer();
  keepServer(server);
  process.env.TEST_DATABASE_URL = server.url;
}
