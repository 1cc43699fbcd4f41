import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const LEGAL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function existing(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (text === '') throw new Error(`${file} is empty. Restore it from a backup, or begin with an empty data folder.`);
    await chmod(file, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The secret of that name: 32 random bytes as base64url, made on first use and the same ever after, also when
 * several processes ask at once. Only the user who owns the data folder can read it.
 */
export async function secret(dataDir: string, name: string): Promise<string> {
  if (!LEGAL_NAME.test(name)) throw new TypeError(`Illegal name of a secret: "${name}".`);
  const folder = join(dataDir, 'secrets');
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const file = join(folder, name);
  const found = await existing(file);
  if (found !== undefined) return found;

  const draft = join(folder, `.${name}.${randomUUID()}`);
  await writeDurably(draft, `${randomBytes(32).toString('base64url')}\n`);
  try {
    // A link is refused when the name exists, so the first of several processes wins and a reader never sees half a secret.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await existing(file))!;
}
