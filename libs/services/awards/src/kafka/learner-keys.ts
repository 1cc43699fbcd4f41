import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { LEARNER_CONTENT_ALGORITHM, LEARNER_KEY_ALGORITHM, type LearnerEncryptionKey, type LearnerEncryptionKeys } from '@mcr/contracts';
import { parseStrictJson } from '@mcr/event-kit';
import { ensurePrivateKey, readPrivateKey } from '@mcr/identity';
import { Secrets } from '@mcr/runtime';
import { calculateJwkThumbprint, compactDecrypt, decodeProtectedHeader, importJWK, type CryptoKey } from 'jose';
import { MOST_BYTES } from '../domain/record/read-record.ts';

/** The ciphertext is for another key, was changed, or is none. Nothing of it is told. */
export class CannotDecrypt extends Error {}

interface LearnerKey {
  readonly shown: LearnerEncryptionKey;
  readonly secret: CryptoKey;
}

const FIRST = '0001.jwk';
const LOOK_EVERY_MS = 2_000;
/** A record has at most 1 MiB, with everything in it. */
const LONGEST_JWE = MOST_BYTES;

/**
 * The keys to which institutions encrypt learners, and what is theirs, on Kafka: private P-256 keys as JWK in the service's own folder, a file each. The last by name is the one
 * to encrypt to; those before it stay to open what was encrypted earlier. A file that is added is found within seconds, by every process.
 */
@Injectable()
export class LearnerKeys {
  readonly #folder: string;
  #keys = new Map<string, LearnerKey>();
  #lookAgainAt = 0;
  #looking: Promise<void> | undefined;

  constructor({ folder }: Secrets) {
    this.#folder = join(folder, 'secrets', 'learner-encryption');
  }

  async published(): Promise<LearnerEncryptionKeys> {
    await this.#look();
    return { keys: [[...this.#keys.values()].at(-1)!.shown] };
  }

  /** What was encrypted. @throws CannotDecrypt */
  async open(jwe: string): Promise<unknown> {
    if (jwe.length > LONGEST_JWE) throw new CannotDecrypt('It is too long.');
    const kid = keyNamedIn(jwe);
    if (!this.#keys.has(kid)) await this.#look();
    const key = this.#keys.get(kid);
    if (!key) throw new CannotDecrypt('It is for another key.');
    try {
      const { plaintext } = await compactDecrypt(jwe, key.secret, {
        keyManagementAlgorithms: [LEARNER_KEY_ALGORITHM],
        contentEncryptionAlgorithms: [LEARNER_CONTENT_ALGORITHM],
      });
      return parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(plaintext));
    } catch {
      throw new CannotDecrypt('It cannot be opened, or holds no JSON.');
    }
  }

  async #look(): Promise<void> {
    if (Date.now() < this.#lookAgainAt) return;
    this.#looking ??= this.#readAll().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #readAll(): Promise<void> {
    const files = (await readdir(this.#folder).catch(() => [])).filter((name) => name.endsWith('.jwk')).sort();
    if (files.length === 0) await ensurePrivateKey(join(this.#folder, FIRST), 'ES256');
    const keys = await Promise.all((files.length > 0 ? files : [FIRST]).map((name) => readKey(join(this.#folder, name))));
    this.#keys = new Map(keys.map((key) => [key.shown.kid, key]));
    this.#lookAgainAt = Date.now() + LOOK_EVERY_MS;
  }
}

function keyNamedIn(jwe: string): string {
  try {
    const { kid } = decodeProtectedHeader(jwe);
    if (typeof kid === 'string') return kid;
  } catch {
    // told below
  }
  throw new CannotDecrypt('It is no compact JWE that names its key.');
}

async function readKey(file: string): Promise<LearnerKey> {
  const key = await readPrivateKey(file);
  if (key.kty !== 'EC') throw new Error(`${file} is not a P-256 key: learners are encrypted with ${LEARNER_KEY_ALGORITHM} on P-256.`);
  const { kty, crv, x, y, d } = key;
  const kid = await calculateJwkThumbprint({ kty, crv, x, y });
  const secret = (await importJWK({ kty, crv, x, y, d }, LEARNER_KEY_ALGORITHM)) as CryptoKey;
  return { shown: { kty, crv, x, y, kid, use: 'enc', alg: LEARNER_KEY_ALGORITHM }, secret };
}
