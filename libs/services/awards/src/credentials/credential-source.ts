import { type IssuingInstitution, type OpenBadgeSource, addressesUnder, statusEntryAt } from '@mcr/credentials';
import type { Entry } from './status/allocate-entries.ts';
import { listAddress } from './status/list-address.ts';
import type { FoundAward } from './uncredentialed-awards.ts';

/** Everything that a credential is made of. */
export type Ready = { readonly [Member in keyof FoundAward]: NonNullable<FoundAward[Member]> } & Pick<FoundAward, 'previousVersion'>;

/** Whether an award can have its credential now: its facts are here, and the registry may sign for its institution. */
export const isReady = (found: FoundAward): found is Ready =>
  found.microCredential !== null && found.institution !== null && found.owner !== null && found.kid !== null;

/**
 * What the credential of an award is made of. Its subject is named by the DID or the hashed address of the particulars; else by the learner's reference, a
 * random id under which the registry knows a learner and which says nothing about the person.
 */
export function credentialSource(ready: Ready, credentialId: string, { listId, index }: Entry, publicUrl: string): OpenBadgeSource {
  const { award, particulars, microCredential, institution, owner, previousVersion, did } = ready;
  const issuer: IssuingInstitution = { ...institution, did };
  return {
    award: { ...award, credentialId, results: particulars.result, evidence: particulars.evidence },
    issuer,
    recipient: { reference: `urn:uuid:${award.learnerRef}`, ...particulars.learner },
    microCredential,
    owner,
    addresses: addressesUnder(publicUrl),
    ...(previousVersion !== null && { previousVersion }),
    status: statusEntryAt(listAddress(publicUrl, listId, 'revocation'), index, 'revocation'),
  };
}
