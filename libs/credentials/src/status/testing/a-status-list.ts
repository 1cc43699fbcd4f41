import { gzipSync } from 'node:zlib';
import type { Credential, Json, JsonObject } from '../../credential.ts';
import { statusEntryAt, statusListOf } from '../list-credential.ts';
import type { LoadedList, StatusReader } from '../read-status.ts';

export const NOW = new Date('2026-11-28T12:00:00Z');
export const LIST = 'https://registry.example/status/r-1';
export const ISSUER = 'did:web:registry.example:institutions:BCIT';

/** A list with these bits set, valid around now. */
export const aStatusList = (set: Iterable<number> = [], changes: JsonObject = {}): Promise<Credential> =>
  statusListOf({
    id: LIST,
    issuer: ISSUER,
    purpose: 'revocation',
    set,
    validFrom: '2026-11-28T11:59:00Z',
    validUntil: '2026-11-29T12:00:00Z',
    ttlMs: 60_000,
  }).then((list) => ({ ...list, ...changes }));

/** The list with other members in its subject. */
export async function aListWhose(subject: JsonObject, set: Iterable<number> = []): Promise<Credential> {
  const list = await aStatusList(set);
  return { ...list, credentialSubject: { ...(list.credentialSubject as JsonObject), ...subject } };
}

export const anEntry = (changes: JsonObject = {}): Json => ({ ...statusEntryAt(LIST, 4711, 'revocation'), ...changes });

/** Multibase of the compressed bytes, without asking whether they make a list. */
export const encodedBytes = (bytes: Uint8Array): string => `u${gzipSync(bytes).toString('base64url')}`;

export const aReader = (list: LoadedList | Credential, changes: Partial<StatusReader> = {}): StatusReader => ({
  loadList: () => Promise.resolve('state' in list ? (list as LoadedList) : { state: 'VERIFIED', credential: list as Credential }),
  isTrusted: (issuer) => issuer === ISSUER,
  now: NOW,
  ...changes,
});
