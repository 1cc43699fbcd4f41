import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const pom = fileURLToPath(new URL('../pom.xml', import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.kafka', import.meta.url));

/** A folder for each content of the pom: another version of Kafka is fetched anew. */
const folder = (): string => join(cache, createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 16));

export const librariesAreHere = (): boolean => existsSync(folder());

function maven(target: string): Promise<void> {
  const parameters = ['-q', '-B', '-f', pom, `${PLUGIN}:copy-dependencies`, `-DoutputDirectory=${target}`];
  const child = spawn('mvn', parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new Error('Maven is missing, which fetches Kafka once: install it, so that "mvn -version" answers.')));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`Maven could not fetch Kafka (exit ${code}).\n${said.slice(-2000)}`))));
  });
}

/** The class path of the broker, fetched with Maven when it is not here. Several callers at once do no harm. */
export async function brokerClassPath(onProgress: (message: string) => void = () => undefined): Promise<string> {
  const libraries = folder();
  if (!existsSync(libraries)) {
    onProgress('Fetching Kafka with Maven, once');
    await mkdir(cache, { recursive: true });
    const draft = join(cache, `draft-${randomUUID()}`);
    await maven(draft);
    await rename(draft, libraries).catch((error: unknown) => {
      if (!existsSync(libraries)) throw error;
      return rm(draft, { recursive: true });
    });
  }
  return join(libraries, '*');
}
