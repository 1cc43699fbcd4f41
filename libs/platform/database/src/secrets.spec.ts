import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secret } from './secrets.ts';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('a secret of the data folder', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mcr-secrets-'));
  });
  afterAll(() => rm(dataDir, { recursive: true }));

  it('is 32 random bytes, the same ever after', async () => {
    const made = await secret(dataDir, 'one');
    expect(Buffer.from(made, 'base64url')).toHaveLength(32);
    expect(await secret(dataDir, 'one')).toBe(made);
    expect(await secret(dataDir, 'other')).not.toBe(made);
  });

  it('can be read by its owner only, also when somebody had opened it up', async () => {
    await secret(dataDir, 'closed');
    await chmod(join(dataDir, 'secrets'), 0o755);
    await chmod(join(dataDir, 'secrets', 'closed'), 0o644);
    await secret(dataDir, 'closed');
    expect([await modeOf(join(dataDir, 'secrets')), await modeOf(join(dataDir, 'secrets', 'closed'))]).toEqual(['700', '600']);
  });

  it('is one and the same for all who ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => secret(dataDir, 'contended')));
    expect(new Set(asked).size).toBe(1);
    expect((await readdir(join(dataDir, 'secrets'))).filter((name) => name.includes('contended'))).toEqual(['contended']);
  });

  it('is not made anew when its file was emptied: what it protects would be lost', async () => {
    await secret(dataDir, 'emptied');
    await writeFile(join(dataDir, 'secrets', 'emptied'), '');
    await expect(secret(dataDir, 'emptied')).rejects.toThrow(/emptied is empty/);
  });

  it.each(['', '../outside', 'a/b', '.hidden'])('has a plain name, not %j', async (name) => {
    await expect(secret(dataDir, name)).rejects.toThrow(TypeError);
  });
});
