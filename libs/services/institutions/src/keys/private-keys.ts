import { Injectable } from '@nestjs/common';
import { SigningKey } from '@mcr/credentials';
import { Seal, Secrets } from '@mcr/runtime';

/**
 * The private keys that the registry signs with for institutions. The database has them encrypted; the key to that is in the service's folder.
 * What was opened once stays in memory: whether it may sign still is asked of the database each time.
 */
@Injectable()
export class PrivateKeys {
  readonly #secrets: Secrets;
  readonly #opened = new Map<string, SigningKey>();
  #seal: Promise<Seal> | undefined;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  async seal(key: SigningKey): Promise<Buffer> {
    return (await this.#opener()).close(key.publicKey.multibase, Buffer.from(key.secretKeyMultibase(), 'utf8'));
  }

  /** @throws when it was sealed under another key, for another public key, or was changed. */
  async open(publicKeyMultibase: string, sealed: Buffer): Promise<SigningKey> {
    const known = this.#opened.get(publicKeyMultibase);
    if (known) return known;
    const key = SigningKey.fromSecretKeyMultibase((await this.#opener()).open(publicKeyMultibase, sealed).toString('utf8'));
    this.#opened.set(publicKeyMultibase, key);
    return key;
  }

  #opener(): Promise<Seal> {
    return (this.#seal ??= Seal.from(this.#secrets, 'issuer-key-seal'));
  }
}
