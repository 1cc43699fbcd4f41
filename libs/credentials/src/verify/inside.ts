import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject, listOf } from '../json.ts';

/** More than anybody has: each one may ask for lists and documents. */
const MOST_CREDENTIALS = 100;

const AT = '/credentialSubject/verifiableCredential';

/** The credentials that a learner record holds (Comprehensive Learner Record 2.0 §C.1.2); no other document has any. */
export const credentialsInside = (document: JsonObject): readonly Json[] =>
  listOf(document['type']).includes('ClrCredential')
    ? listOf(document['credentialSubject'])
        .filter(isObject)
        .flatMap(({ verifiableCredential }) => listOf(verifiableCredential))
    : [];

export const faultsOfInside = (document: JsonObject): readonly CredentialFault[] =>
  credentialsInside(document).length > MOST_CREDENTIALS ? [fault('TOO_MANY', AT)] : [];
