import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Roles belong to the whole server, which all spec files share: every file must give a role the same password. */
export const testPassword = (role: string): string => `test-${role}`;

/** Puts these passwords where the runtime would otherwise make its own. */
export async function writeTestPasswords(dataDir: string, roles: readonly string[]): Promise<void> {
  const folder = join(dataDir, 'secrets');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await Promise.all(roles.map((role) => writeFile(join(folder, `database-${role}`), testPassword(role), { mode: 0o600 })));
}
