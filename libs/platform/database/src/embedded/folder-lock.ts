import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRunning, processStart } from './process-identity.ts';

/** Somebody else runs on this data folder; nothing was touched. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`The registry is already running on ${folder} (process ${pid}). Stop it first, or set DATA_DIR to another folder.`);
  }
}

export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly started?: string;
  /** Tells one taking of the lock from every other. */
  readonly nonce: string;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined for a torn file, such as a power cut leaves. */
function holderIn(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(holder.pid) ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function acquire(file: string, draft: string): Promise<void> {
  while (!(await linked(draft, file))) {
    const found = await textOf(file);
    if (found === undefined) continue;
    const holder = holderIn(found);
    if (holder && (await isRunning(holder.pid, holder.started))) throw new DataFolderInUse(dirname(file), holder.pid);
    // Its holder is dead. Only who holds the lock on taking over may replace it, and only when it is still the same.
    const takingOver = await lockFile(`${file}.taking-over`);
    try {
      if ((await textOf(file)) !== found) continue;
      await rename(draft, file);
      return;
    } finally {
      await takingOver.release();
    }
  }
}

/**
 * Takes a lock that one live process can hold. A lock whose process died is taken over, also when another process has
 * its number by now; a torn one counts as nobody's.
 * @throws DataFolderInUse when a live process holds it, this one included.
 */
export async function lockFile(file: string): Promise<FolderLock> {
  const holder: Holder = { pid: process.pid, started: await processStart(process.pid), nonce: randomUUID() };
  const text = JSON.stringify(holder);
  const draft = `${file}.${holder.nonce}`;
  await writeFile(draft, text, { flush: true });
  try {
    await acquire(file, draft);
  } finally {
    await rm(draft, { force: true });
  }
  return {
    release: async () => {
      if ((await textOf(file)) === text) await rm(file, { force: true });
    },
  };
}
