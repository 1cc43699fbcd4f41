import type { Credential } from '../../credential.ts';
import { faultsOfCredential } from '../../shape/check-shape.ts';
import type { LoadedList, StatusReader } from '../../status/read-status.ts';
import type { VerificationLookups } from '../lookups.ts';
import { checkProof, idOf } from './proof-check.ts';
import { readReceived } from '../received.ts';

/** Loads status lists and verifies them as what they are, credentials; each list once. */
export function statusListLoader({ statusList, key }: VerificationLookups, now: Date): StatusReader['loadList'] {
  const load = async (url: string): Promise<LoadedList> => {
    const presented = readReceived(await statusList(url));
    if ('faults' in presented) return { state: 'NOT_VERIFIED' };
    const { document } = presented;
    if ((await faultsOfCredential(document)).length > 0) return { state: 'NOT_VERIFIED' };
    const signer = idOf(document['issuer']);
    const { finding } = await checkProof(presented, { lookup: key, now, proofPurpose: 'assertionMethod', signer, keys: 'for-purpose' });
    if (finding.outcome === 'PASS') return { state: 'VERIFIED', credential: document as Credential };
    return { state: finding.outcome === 'UNKNOWN' ? 'UNREACHABLE' : 'NOT_VERIFIED' };
  };
  const lists = new Map<string, Promise<LoadedList>>();
  return (url) => {
    const loading = lists.get(url) ?? load(url);
    lists.set(url, loading);
    return loading;
  };
}
