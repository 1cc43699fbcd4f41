import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../testing/sign-in-server.ts';
import { algorithmOf, clientKeyPath, ensurePrivateKey, publicPartOf, readPrivateKey } from './key-file.ts';

describe('A key file', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await temporaryFolder();
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

  it('is made once, for its owner only', async () => {
    const path = clientKeyPath(dataDir, 'BCIT');
    const key = await ensurePrivateKey(path, 'EdDSA');
    expect(algorithmOf(key)).toBe('EdDSA');
    expect(await ensurePrivateKey(path, 'ES256')).toEqual(key);
    expect(await mode(path)).toBe(0o600);
    expect(await mode(join(dataDir, 'clients'))).toBe(0o700);
  });

  it('is the same for all who make it at the same moment', async () => {
    const path = clientKeyPath(dataDir, 'BCIT');
    const keys = await Promise.all(Array.from({ length: 20 }, () => ensurePrivateKey(path)));
    expect(new Set(keys.map(({ d }) => d)).size).toBe(1);
    expect(await readdir(join(dataDir, 'clients'))).toEqual(['BCIT.jwk']);
  });

  it('keeps its secret out of the public part', async () => {
    for (const algorithm of ['ES256', 'EdDSA'] as const) {
      const key = await ensurePrivateKey(clientKeyPath(dataDir, algorithm), algorithm);
      expect(JSON.stringify(publicPartOf(key))).not.toContain(key.d);
      expect(publicPartOf(key)).toMatchObject({ kty: key.kty, crv: key.crv, x: key.x, kid: key.kid });
    }
  });

  it.each(['', '{', '[]', 'null', '{"kty":"RSA","n":"secret-modulus","d":"secret"}', '{"kty":"OKP","crv":"Ed25519","x":"AA"}'])(
    'that holds "%s" is refused without showing it, and stays',
    async (content) => {
      await mkdir(join(dataDir, 'clients'));
      const path = clientKeyPath(dataDir, 'BCIT');
      await writeFile(path, content);
      await expect(readPrivateKey(path)).rejects.toMatchObject({ reason: 'BAD_KEY', message: expect.not.stringContaining('secret') });
      await expect(ensurePrivateKey(path)).rejects.toMatchObject({ reason: 'BAD_KEY' });
    },
  );

  it('that is not there is named', async () => {
    await expect(readPrivateKey(clientKeyPath(dataDir, 'BCIT'))).rejects.toMatchObject({
      reason: 'NO_KEY',
      message: expect.stringContaining('clients/BCIT.jwk'),
    });
  });
});
