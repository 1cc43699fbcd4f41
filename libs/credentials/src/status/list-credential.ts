import { BitstringStatusList } from '@digitalbazaar/vc-bitstring-status-list';
import { CREDENTIALS_V2 } from '../contexts/bundled.ts';
import { dateTimeStamp } from '../build/date-time-stamp.ts';
import { stated } from '../build/stated.ts';
import type { Credential, Issuer, StatusEntry } from '../credential.ts';
import { LEAST_ENTRIES } from './list-size.ts';

export type StatusPurpose = 'revocation' | 'suspension';

export interface StatusListSource {
  /** The address at which it is published, and that entries name. */
  readonly id: string;
  readonly issuer: Issuer;
  readonly purpose: StatusPurpose;
  /** The indexes whose bit is set. */
  readonly set: Iterable<number>;
  readonly length?: number;
  readonly validFrom: string;
  /** After it nobody may rely on the list: publish the next one well before. */
  readonly validUntil: string;
  /** After how long a reader should ask again. */
  readonly ttlMs: number;
}

/** Where a credential finds its bit. The entry has an id of its own, which is not the list's (§2.1). */
export const statusEntryAt = (list: string, index: number, statusPurpose: StatusPurpose): StatusEntry => ({
  id: `${list}#${index}`,
  type: 'BitstringStatusListEntry',
  statusPurpose,
  statusListIndex: String(index),
  statusListCredential: list,
});

/** The bits, compressed and encoded (§3.3). The same bits give the same text. */
async function encodedList(set: Iterable<number>, length: number): Promise<string> {
  if (length < LEAST_ENTRIES) throw new RangeError(`A status list has at least ${LEAST_ENTRIES} entries.`);
  const list = new BitstringStatusList({ length });
  for (const index of set) list.setStatus(index, true);
  return list.encode();
}

/** A BitstringStatusListCredential (Bitstring Status List 1.0 §2.2) before it is secured. Unused indexes look like those of good credentials. */
export async function statusListOf(source: StatusListSource): Promise<Credential> {
  const { id, issuer, purpose, set, length = LEAST_ENTRIES, ttlMs } = source;
  return stated({
    '@context': [CREDENTIALS_V2],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: dateTimeStamp(source.validFrom),
    validUntil: dateTimeStamp(source.validUntil),
    credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList: await encodedList(set, length), ttl: ttlMs },
  });
}
