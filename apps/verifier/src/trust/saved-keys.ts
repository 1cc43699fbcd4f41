import type { IssuerKey } from '@mcr/credentials';
import type { SavedDocument } from './saved.ts';

const ALWAYS = '0001-01-01T00:00:00Z';

/**
 * The keys of an institution as their history tells of them, where it was saved. Whoever has a compromised key can write any time into a proof, and
 * the registry is not here to say when it received the award: such a key is given as compromised from ever, for which a verification wants a witness
 * and, having none, says UNKNOWN.
 */
export function keysOf({ keys, document }: SavedDocument): readonly IssuerKey[] {
  if (!keys) return keysInDocument(document);
  return keys.map(({ id, publicKeyMultibase, activatedAt, retiredAt, compromisedAt }) =>
    compromisedAt === undefined
      ? { id, publicKeyMultibase, activatedAt, ...(retiredAt !== undefined && { retiredAt }) }
      : { id, publicKeyMultibase, activatedAt: ALWAYS, compromisedAt: ALWAYS },
  );
}

/**
 * The same without a history. A key that may sign counts as good from ever; of one that was retired or compromised the document does not say until
 * when it was good, so nobody may say that it was.
 */
function keysInDocument({ verificationMethod, assertionMethod }: SavedDocument['document']): readonly IssuerKey[] {
  return verificationMethod.flatMap(({ id, publicKeyMultibase, revoked }) => {
    if (publicKeyMultibase === undefined) return [];
    const maySign = revoked === undefined && assertionMethod.includes(id);
    return [{ id, publicKeyMultibase, activatedAt: ALWAYS, ...(maySign ? {} : { compromisedAt: ALWAYS }) }];
  });
}
