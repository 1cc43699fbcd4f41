import { CREDENTIALS_V2 } from '../contexts/bundled.ts';
import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject, listOf } from '../json.ts';
import { contexts } from './context-rules.ts';
import { entriesOf, idFaults, typeFaults, typedObjects, type Rule } from './rules.ts';

const ENVELOPES = {
  EnvelopedVerifiableCredential: /^data:application\/(?:vc\+)?jwt,(.+)$/,
  EnvelopedVerifiablePresentation: /^data:application\/(?:vp\+)?jwt,(.+)$/,
} as const;
export type Envelope = keyof typeof ENVELOPES;

export const isEnvelope = (document: JsonObject, type: Envelope): boolean => listOf(document['type']).includes(type);

/** VCDM 2.0 §4.13.1 and §4.13.2: the base context, nothing but the type, and a data URL with a JWT. */
export function envelopeFaults(document: JsonObject, type: Envelope, pointer = ''): CredentialFault[] {
  const hasBase = listOf(document['@context'])[0] === CREDENTIALS_V2;
  return [
    ...(hasBase ? [] : [fault('INVALID_VALUE', `${pointer}/@context`, `The first context must be ${CREDENTIALS_V2}.`)]),
    ...typeFaults(document['type'], `${pointer}/type`, type),
    ...(jwtInEnvelope(document, type) === undefined ? [fault('INVALID_VALUE', `${pointer}/id`, 'Expected a data URL with a JWT.')] : []),
  ];
}

/** The JWT that an envelope's id is. */
export function jwtInEnvelope({ id }: JsonObject, type: Envelope): string | undefined {
  return typeof id === 'string' ? ENVELOPES[type].exec(id)?.[1] : undefined;
}

function holderFaults(holder: Json | undefined): CredentialFault[] {
  return isObject(holder) ? idFaults(holder['id'], '/holder/id', true) : idFaults(holder, '/holder');
}

/** Each credential is an object; what it holds is checked as a credential of its own. */
const credentials: Rule = (document) =>
  entriesOf(document, 'verifiableCredential').flatMap(([entry, pointer]) => {
    if (!isObject(entry)) return [fault('WRONG_TYPE', pointer, 'Expected a credential as an object. A JWT goes into an EnvelopedVerifiableCredential.')];
    return isEnvelope(entry, 'EnvelopedVerifiableCredential') ? envelopeFaults(entry, 'EnvelopedVerifiableCredential', pointer) : [];
  });

/** VCDM 2.0 §4.13. */
export const presentationRules: readonly Rule[] = [
  contexts,
  ({ id }) => idFaults(id, '/id'),
  ({ type }) => typeFaults(type, '/type', 'VerifiablePresentation'),
  ({ holder }) => holderFaults(holder),
  credentials,
  typedObjects('termsOfUse'),
];
