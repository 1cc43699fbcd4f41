import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As whom the server runs when we are root: PostgreSQL refuses to. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Undefined for an ordinary user, whose server runs as that user. */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const user = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (!user)
    throw new Error('PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". Start the registry as an ordinary user.');
  return user;
}

/** How to spawn a process as that user. The working folder is one that everybody may enter. */
export const asUser = (user: ServerUser | undefined): { cwd: string; uid?: number; gid?: number } =>
  user ? { cwd: '/', uid: user.uid, gid: user.gid } : { cwd: '/' };

/** May the user go into this folder? Asked of the system itself, which also knows access lists and mounts. */
export async function mayEnter(folder: string, user: ServerUser | undefined): Promise<boolean> {
  if (!user) return true;
  try {
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], asUser(user));
    return true;
  } catch {
    return false;
  }
}

/** The outermost folder on the way that the user may not go into. */
export async function closedFolder(folder: string, user: ServerUser | undefined): Promise<string | undefined> {
  if (await mayEnter(folder, user)) return undefined;
  const parent = dirname(folder);
  return parent === folder ? folder : ((await closedFolder(parent, user)) ?? folder);
}
