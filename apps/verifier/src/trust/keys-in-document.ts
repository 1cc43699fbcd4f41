import type { IssuerKey } from '@mcr/credentials';
import type { SavedDocument } from './saved.ts';

const ALWAYS = '0001-01-01T00:00:00Z';

/**
 * The keys of an institution, as far as its DID document of one day tells their history. A key that may sign counts as
 * good from ever. Of one that was retired or compromised the document does not say until when it was good, so nobody may
 * say it was: it is given as compromised from ever, for which a verification wants a witness and, having none, says UNKNOWN.
 */
export function keysInDocument({ verificationMethod, assertionMethod }: SavedDocument['document']): readonly IssuerKey[] {
  return verificationMethod.flatMap(({ id, publicKeyMultibase, revoked }) => {
    if (publicKeyMultibase === undefined) return [];
    const maySign = revoked === undefined && assertionMethod.includes(id);
    return [{ id, publicKeyMultibase, activatedAt: ALWAYS, ...(maySign ? {} : { compromisedAt: ALWAYS }) }];
  });
}
