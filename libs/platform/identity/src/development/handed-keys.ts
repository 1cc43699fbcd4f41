import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PublicKey, PublicKey as PublicKeySchema } from '../client/key-file.ts';

const LEGAL_NAME = /^[a-z-]{1,64}$/;

/**
 * Public keys that the one who prepared the registry put into the sign-in's own folder, so that it needs to read nobody's
 * private key: `development`, and one for each service. Read at every question: a key that is taken away is gone at once.
 */
export class HandedKeys {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'sign-in');
  }

  async find(name: string): Promise<PublicKey | undefined> {
    if (!LEGAL_NAME.test(name)) return undefined;
    const text = await readFile(join(this.#folder, `${name}.jwk`), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : PublicKeySchema.parse(JSON.parse(text));
  }

  async hand(name: string, key: PublicKey): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#folder, `${name}.jwk`), `${JSON.stringify(PublicKeySchema.parse(key))}\n`, { mode: 0o600 });
  }
}
