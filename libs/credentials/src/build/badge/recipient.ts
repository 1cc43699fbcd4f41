import { createHash } from 'node:crypto';
import type { JsonObject } from '../../credential.ts';
import type { Recipient } from '../source/award.ts';

/** A hash of an identity as Open Badges 3.0 writes it (§B.8.4): over identity and salt, in UTF-8. Guessable by whoever knows the address. */
export const identityHash = (identity: string, salt: string): string =>
  `sha256$${createHash('sha256')
    .update(identity + salt, 'utf8')
    .digest('hex')}`;

/**
 * The members of a credential's subject that say who it is: the DID as its id, else the e-mail address as a salted hash, else the issuer's reference.
 * An address is hashed in lower case, so that the same person finds it however it was typed.
 */
export function recipientMembers({ did, email, reference }: Recipient): JsonObject {
  if (did !== undefined) return { id: did };
  if (email === undefined) return reference === undefined ? {} : { id: reference };
  const { address, salt } = email;
  const identity = { type: 'IdentityObject', hashed: true, identityHash: identityHash(address.toLowerCase(), salt), identityType: 'emailAddress', salt };
  return { identifier: [identity] };
}
