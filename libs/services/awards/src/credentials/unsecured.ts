import type { Credential, SecuredCredential } from '@mcr/credentials';

/** A kept credential as it was before it was secured: what its JWT says. */
export function unsecured(document: string): Credential {
  const { proof: _, ...credential } = JSON.parse(document) as SecuredCredential;
  return credential as Credential;
}
