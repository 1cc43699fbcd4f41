import type { Credential, Json, JsonObject } from '../credential.ts';
import { expandList } from './expand-list.ts';
import { LEAST_ENTRIES } from './list-size.ts';
import { type ReadEntry, readEntry } from './read-entry.ts';
import { type StatusCode, StatusUnknown } from './status-codes.ts';

/** What became of fetching a list and verifying its proof. */
export type LoadedList = { readonly state: 'VERIFIED'; readonly credential: Credential } | { readonly state: 'UNREACHABLE' | 'NOT_VERIFIED' };

export interface StatusReader {
  /** Fetches the list at an address, parses it strictly and verifies its proof. May reject: then the list is unreachable. */
  readonly loadList: (url: string) => Promise<LoadedList>;
  /** Whether who signed the list may speak for the credential at hand: its own issuer, or the registry. */
  readonly isTrusted: (listIssuer: string) => boolean;
  readonly now: Date;
}

/** A status that was read, or why it is not known. Never "clear" when it was not checked. */
export type StatusReading =
  | { readonly outcome: 'SET' | 'CLEAR'; readonly value: number; readonly purpose: string; readonly list: string }
  | { readonly outcome: 'UNKNOWN'; readonly code: StatusCode; readonly message: string; readonly list?: string };

async function loaded(url: string, { loadList }: StatusReader): Promise<Credential> {
  const list = await loadList(url).catch((): LoadedList => ({ state: 'UNREACHABLE' }));
  if (list.state === 'VERIFIED') return list.credential;
  throw new StatusUnknown(list.state === 'UNREACHABLE' ? 'STATUS_LIST_UNREACHABLE' : 'STATUS_LIST_NOT_VERIFIED');
}

const instant = (value: Json | undefined): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

function checkPeriod({ validFrom, validUntil }: Credential, now: Date): void {
  if (validFrom !== undefined && !(instant(validFrom) <= now.getTime())) throw new StatusUnknown('STATUS_LIST_NOT_YET_VALID');
  if (validUntil !== undefined && !(instant(validUntil) >= now.getTime())) throw new StatusUnknown('STATUS_LIST_EXPIRED');
}

const membersOf = (value: Json | undefined): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {});

const issuerOf = ({ issuer }: Credential): string => (typeof issuer === 'string' ? issuer : String(membersOf(issuer)['id']));

/** The list inside of its credential, once it is the one that the entry means (§2.2, §3.2). */
function listInside(credential: Credential, entry: ReadEntry, { isTrusted, now }: StatusReader): JsonObject {
  const types: readonly unknown[] = [credential.type].flat();
  if (!types.includes('BitstringStatusListCredential'))
    throw new StatusUnknown('STATUS_LIST_MALFORMED', 'The "type" of a status list must include "BitstringStatusListCredential".');
  if (credential.id !== undefined && credential.id !== entry.list) throw new StatusUnknown('STATUS_LIST_OTHER');
  if (!isTrusted(issuerOf(credential))) throw new StatusUnknown('STATUS_ISSUER_UNTRUSTED');
  checkPeriod(credential, now);
  const subject = membersOf(credential.credentialSubject as Json);
  if (subject['type'] !== 'BitstringStatusList')
    throw new StatusUnknown('STATUS_LIST_MALFORMED', 'The subject of a status list must be a "BitstringStatusList".');
  return subject;
}

function checkPurpose({ statusPurpose, ttl }: JsonObject, wanted: string): void {
  const purposes: readonly unknown[] = [statusPurpose].flat();
  if (purposes.length === 0 || !purposes.every((purpose) => typeof purpose === 'string'))
    throw new StatusUnknown('STATUS_LIST_MALFORMED', '"statusPurpose" of a status list must be one text or several.');
  if (!purposes.includes(wanted)) throw new StatusUnknown('STATUS_PURPOSE_MISMATCH');
  if (ttl !== undefined && !(typeof ttl === 'number' && ttl >= 0)) throw new StatusUnknown('STATUS_LIST_MALFORMED', '"ttl" must be a number of milliseconds.');
}

function valueAt(encoded: Json | undefined, { index, size }: ReadEntry): number {
  const bits = expandList(encoded);
  if (bits.length / size < LEAST_ENTRIES) throw new StatusUnknown('STATUS_LIST_TOO_SHORT');
  const first = index * BigInt(size);
  if (first + BigInt(size) > BigInt(bits.length)) throw new StatusUnknown('STATUS_INDEX_OUT_OF_RANGE');
  let value = 0;
  for (let bit = 0; bit < size; bit += 1) value = value * 2 + Number(bits.getStatus(Number(first) + bit));
  return value;
}

/**
 * Reads one status entry of a credential as Bitstring Status List 1.0 §3.2 says. Whatever stands in the way of knowing, from a list that cannot
 * be reached to one that would unpack to gigabytes, makes the outcome UNKNOWN, with its reason; nothing is thrown.
 */
export async function readStatus(entry: Json, reader: StatusReader): Promise<StatusReading> {
  let list: string | undefined;
  try {
    const read = readEntry(entry);
    list = read.list;
    const inside = listInside(await loaded(list, reader), read, reader);
    checkPurpose(inside, read.purpose);
    const value = valueAt(inside['encodedList'], read);
    return { outcome: value === 0 ? 'CLEAR' : 'SET', value, purpose: read.purpose, list };
  } catch (error) {
    if (!(error instanceof StatusUnknown)) throw error;
    return { outcome: 'UNKNOWN', code: error.code, message: error.message, ...(list === undefined ? {} : { list }) };
  }
}
