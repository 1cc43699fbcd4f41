import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { type PrivateKey, ensurePrivateKey, publicPartOf } from '../client/key-file.ts';

/** The key with which the development sign-in signs; made once, kept in the data folder. */
export const signInKey = (dataDir: string): Promise<PrivateKey> => ensurePrivateKey(join(dataDir, 'secrets', 'sign-in.jwk'), 'ES256');

export const keySetOf = (key: PrivateKey): JSONWebKeySet => ({ keys: [{ ...publicPartOf(key), alg: 'ES256', use: 'sig' }] });

/** The public keys of the development sign-in over this data folder. */
export const signInKeySet = async (dataDir: string): Promise<JSONWebKeySet> => keySetOf(await signInKey(dataDir));
