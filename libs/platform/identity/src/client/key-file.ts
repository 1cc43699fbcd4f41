import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { SignInError } from './sign-in-error.ts';

const Member = z.string().regex(/^[A-Za-z0-9_-]+$/);
const kid = z.string().min(1).optional();
const ed25519 = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Member, kid });
const p256 = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Member, y: Member, kid });

/** A private signing key as JWK: Ed25519 signs with EdDSA, P-256 with ES256. */
export const PrivateKey = z.discriminatedUnion('kty', [ed25519.extend({ d: Member }), p256.extend({ d: Member })]);
export type PrivateKey = z.infer<typeof PrivateKey>;

/** What may be shown, and what a publishing client registers. Parsing leaves everything else out, a private part too. */
export const PublicKey = z.discriminatedUnion('kty', [ed25519, p256]);
export type PublicKey = z.infer<typeof PublicKey>;

export type SigningAlgorithm = 'ES256' | 'EdDSA';
export const algorithmOf = ({ kty }: PublicKey): SigningAlgorithm => (kty === 'OKP' ? 'EdDSA' : 'ES256');

export const publicPartOf = ({ d: _secret, ...shown }: PrivateKey): PublicKey => shown;

/** The key of a publishing client of the demonstration, or of the development roles, in the data folder. */
export const clientKeyPath = (dataDir: string, name: string): string => join(dataDir, 'clients', `${name}.jwk`);

/** The client id under which an institution of the demonstration publishes. */
export const publisherClientId = (institution: string): string => `${institution.toLowerCase()}-publisher`;

/** Reads a private key. What is wrong with the file is said without a word of what is in it. */
export async function readPrivateKey(path: string): Promise<PrivateKey> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    throw new SignInError('NO_KEY', `The key file ${path} cannot be read (${(thrown as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
  try {
    return PrivateKey.parse(JSON.parse(text));
  } catch {
    throw new SignInError('BAD_KEY', `The file ${path} does not hold a private key as JWK (Ed25519 or P-256).`);
  }
}

/** The private key of a file, made at the first call. Readable by its owner only; of several makers at once, one wins and all get its key. */
export async function ensurePrivateKey(path: string, algorithm: SigningAlgorithm = 'ES256'): Promise<PrivateKey> {
  try {
    return await readPrivateKey(path);
  } catch (thrown) {
    if (!(thrown instanceof SignInError && thrown.reason === 'NO_KEY')) throw thrown;
  }
  const folder = dirname(path);
  // Only the folder of keys is closed: other accounts, such as the database's, may have to pass through the one above.
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(await newKey(algorithm))}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    await unlink(draft);
  }
  return readPrivateKey(path);
}

async function newKey(algorithm: SigningAlgorithm): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return PrivateKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
}
