import type { JsonObject } from '../credential.ts';
import { CredentialRefusal, type CredentialFault } from '../faults.ts';
import { without } from '../json.ts';
import { checkTerms } from '../proofs/canonical.ts';
import { boundedWork } from './bounded-work.ts';
import { credentialRules, faultsOfRules } from './credential-rules.ts';
import { envelopeFaults, isEnvelope, presentationRules } from './presentation-rules.ts';
import type { Rule } from './rules.ts';
import { onlySignedContent, sizeFaults } from './signed-content.ts';

function faultsByRules(document: JsonObject, rules: readonly Rule[]): readonly CredentialFault[] {
  const size = sizeFaults(document);
  return size.length > 0 ? size : faultsOfRules([...rules, onlySignedContent, boundedWork], document);
}

/** Terms are looked at last: they need contexts that are in order. */
async function faultsOf(document: JsonObject, rules: readonly Rule[]): Promise<readonly CredentialFault[]> {
  const faults = faultsByRules(document, rules);
  if (faults.length > 0) return faults;
  try {
    await checkTerms(without(document, 'proof'));
    return [];
  } catch (error) {
    if (error instanceof CredentialRefusal) return error.faults;
    throw error;
  }
}

/** Everything in a credential, secured or not, that VCDM 2.0 does not allow, each with its pointer; proofs aside. */
export const faultsOfCredential = (document: JsonObject): Promise<readonly CredentialFault[]> => faultsOf(document, credentialRules);

/** The same, as far as it shows without reading the document as JSON-LD. A graph proof cannot be verified without that. */
export const faultsOfMembers = (document: JsonObject): readonly CredentialFault[] => faultsByRules(document, credentialRules);

/** The same of a presentation. The credentials in it are checked each by itself. */
export async function faultsOfPresentation(document: JsonObject): Promise<readonly CredentialFault[]> {
  return isEnvelope(document, 'EnvelopedVerifiablePresentation')
    ? envelopeFaults(document, 'EnvelopedVerifiablePresentation')
    : faultsOf(document, presentationRules);
}
