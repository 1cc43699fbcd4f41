import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';

/**
 * Keeps the public address in the data folder. Returns the earlier one when it has changed since:
 * what was issued under it still names it.
 */
export function rememberPublicUrl({ dataDir, publicUrl }: Settings): string | undefined {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'public-url');
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim() : publicUrl;
  writeFileSync(file, `${publicUrl}\n`);
  return before === publicUrl ? undefined : before;
}
