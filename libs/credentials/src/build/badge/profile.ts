import type { JsonObject } from '../../credential.ts';
import type { Addresses } from '../source/addresses.ts';
import type { Institution } from '../source/definition.ts';
import { stated } from '../stated.ts';
import { type Language, textIn } from '../texts.ts';

/** An institution as a Profile of Open Badges 3.0 (§B.1.14): named by its DID, else by its address in the registry. */
export const profileOf = (institution: Institution, addresses: Addresses, language: Language = 'en-CA'): JsonObject & { readonly id: string } =>
  stated({
    id: institution.did ?? addresses.organization(institution.ctid),
    type: ['Profile'],
    name: textIn(institution.name, language),
    url: institution.subjectWebpage,
    email: institution.email,
    otherIdentifier: [{ type: 'IdentifierEntry', identifier: institution.ctid, identifierType: 'ext:ctid' }],
  });
