import { credentialHash } from '../../credential-hash.ts';
import type { JsonObject } from '../../credential.ts';
import { isObject, listOf } from '../../json.ts';
import { fail, pass, skipped, unknown, type Finding } from './check.ts';
import type { Answer, KnownIssuer, ListedDefinition, RegistryRecord } from '../lookups.ts';
import { idOf } from './proof-check.ts';
import type { Presented } from '../received.ts';

/** A JWT has its text, and the credential that is its payload: it may be made anew from what is kept, with another signature each time. */
const hashesOf = ({ document, jwt }: Presented): readonly string[] => (jwt ? [credentialHash(jwt.text), credentialHash(document)] : [credentialHash(document)]);

/** Is this, byte for byte in its canonical form, what the registry issued or accepted? What it signed itself needs no record: its own key says so. */
export function checkRegistry(record: Answer<RegistryRecord>, issuer: Answer<KnownIssuer>, presented: Presented): Finding {
  const { document } = presented;
  if (issuer.state === 'ANSWERED' && issuer.value?.isRegistry) return skipped('RECORD_NOT_KEPT');
  if (record.state === 'NOT_ASKED') return skipped('NOT_ASKED');
  if (document['id'] === undefined) return fail('NO_IDENTIFIER');
  if (record.state === 'FAILED') return unknown('LOOKUP_FAILED', 'registry');
  if (!record.value) return fail('NOT_IN_REGISTRY', 'registry');
  const { hashes: known } = record.value;
  const isIt = record.value.issuer === idOf(document['issuer']) && hashesOf(presented).some((hash) => known.includes(hash));
  return isIt ? pass('registry') : fail('REGISTRY_MISMATCH', 'registry');
}

/** The achievements that a credential is about (Open Badges 3.0 §B.1.3). */
export const achievementsOf = (document: JsonObject): readonly string[] =>
  listOf(document['credentialSubject'])
    .filter(isObject)
    .flatMap(({ achievement }) => listOf(achievement))
    .map(idOf)
    .filter((id) => id !== undefined);

/** Does the registry list every micro-credential that the credential names? */
export function checkDefinitions(definitions: readonly Answer<ListedDefinition>[]): Finding {
  const [first] = definitions;
  if (!first) return skipped('NO_DEFINITION');
  if (first.state === 'NOT_ASKED') return skipped('NOT_ASKED');
  if (definitions.some((definition) => definition.state === 'ANSWERED' && !definition.value)) return fail('DEFINITION_NOT_LISTED', 'registry');
  return definitions.some(({ state }) => state === 'FAILED') ? unknown('LOOKUP_FAILED', 'registry') : pass('registry');
}
