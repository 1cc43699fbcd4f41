import { createHash } from 'node:crypto';
import type { JsonObject } from '../../credential.ts';
import type { HashedEmail, Recipient } from '../source/award.ts';

/** A hash of an identity as Open Badges 3.0 writes it (§B.8.4): over identity and salt, in UTF-8. Guessable by whoever knows the address. */
export const identityHash = (identity: string, salt: string): string =>
  `sha256$${createHash('sha256')
    .update(identity + salt, 'utf8')
    .digest('hex')}`;

/** An address is hashed in lower case, so that the same person finds it however it was typed. The salt belongs to one credential alone. */
export const hashedEmail = (address: string, salt: string): HashedEmail => ({ hash: identityHash(address.toLowerCase(), salt), salt });

/** The members of a credential's subject that say who it is: the DID as its id; else the issuer's reference as its id, and the e-mail address as a salted hash. */
export function recipientMembers({ did, email, reference }: Recipient): JsonObject {
  if (did !== undefined) return { id: did };
  const id = reference === undefined ? {} : { id: reference };
  if (email === undefined) return id;
  const { hash, salt } = email;
  return { ...id, identifier: [{ type: 'IdentityObject', hashed: true, identityHash: hash, identityType: 'emailAddress', salt }] };
}
