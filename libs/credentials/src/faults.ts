import type { Fault } from '@mcr/event-kit';

/** Every code with which this library says what is wrong with a document. Closed: a new reason is a new line here. */
export const credentialFaultCodes = {
  // Reading
  TOO_LARGE: 'The document is larger than is read here.',
  NOT_UTF8: 'The document is not UTF-8 text.',
  NOT_JSON: 'The document is not JSON that every reader reads alike.',
  NOT_AN_OBJECT: 'The document is not a JSON object.',
  // Contexts and terms
  CONTEXT_UNKNOWN: 'The context is not one of the bundled ones, and none is ever downloaded.',
  CONTEXT_ALTERED: 'The bundled context is not what was published.',
  CONTEXT_IMPORTS: 'A context imports another one.',
  TERMS_INVALID: 'A term is undefined, redefined or used in a way that JSON-LD does not allow.',
  // Shape
  REQUIRED: 'A member that must be there is missing.',
  WRONG_TYPE: 'A member has a value of the wrong kind.',
  INVALID_VALUE: 'A member has a value that is not allowed.',
  TOO_MANY: 'A member has more values than are allowed.',
  DUPLICATE: 'Two entries are the same where they must differ.',
  DIGEST_MISMATCH: 'A related resource is not what its digest says.',
  DATES_REVERSED: 'The validity ends before it begins.',
  NOT_ALLOWED: 'A member is there that must not be.',
  // Keys
  KEY_INVALID: 'The key cannot be read.',
  KEY_UNSUPPORTED: 'The key is of a kind that is not supported here.',
  KEY_NOT_FOUND: 'The verification method does not exist.',
  KEY_UNREACHABLE: 'The verification method could not be looked up.',
  KEY_NOT_FOR_PURPOSE: 'The key may not be used for this purpose.',
  KEY_NOT_OF_ISSUER: 'The key belongs to somebody else.',
  DID_INVALID: 'The DID is not well-formed, or of a method that is not supported here.',
  // Proofs
  PROOF_MISSING: 'The document is not secured.',
  PROOF_INVALID: 'The proof does not have the form that its specification asks for.',
  CRYPTOSUITE_UNKNOWN: 'The cryptosuite is not supported here.',
  PROOF_CONTEXT_MISMATCH: 'The contexts of the proof are not those of the document.',
  PROOF_EXPIRED: 'The proof has expired.',
  PROOF_PURPOSE_MISMATCH: 'The proof is for another purpose.',
  CHALLENGE_MISMATCH: 'The proof answers another challenge.',
  DOMAIN_MISMATCH: 'The proof is for another domain.',
  PREVIOUS_PROOF_MISSING: 'A proof builds on one that is not there.',
  PREVIOUS_PROOF_CIRCULAR: 'Proofs build on each other in a circle.',
  SIGNATURE_INVALID: 'The signature is not that of this content and key.',
  TOO_COMPLEX: 'The document asks for more work than is done for one.',
  // JWT
  JWT_INVALID: 'The JWT does not have the form that its specification asks for.',
  JWT_ALGORITHM: 'The algorithm of the JWT is not supported here, or not that of the key.',
  JWT_CLAIM_MISMATCH: 'A claim of the JWT contradicts the credential.',
  // Pictures
  PICTURE_UNSUPPORTED: 'The file is neither a PNG nor an SVG picture.',
  PICTURE_DAMAGED: 'The picture does not have the form that its format asks for.',
  PICTURE_UNSAFE: 'The picture holds what no picture of a badge needs: scripts, entities, or far too many parts.',
  PICTURE_WITHOUT_CREDENTIAL: 'No credential is baked into the picture.',
  PICTURE_AMBIGUOUS: 'More than one credential is baked into the picture.',
} as const;

export type CredentialFaultCode = keyof typeof credentialFaultCodes;

/** One thing that is wrong with a document, with a code of the closed list. */
export interface CredentialFault extends Fault {
  readonly code: CredentialFaultCode;
}

export const fault = (code: CredentialFaultCode, pointer = '', message: string = credentialFaultCodes[code], hint?: string): CredentialFault =>
  hint === undefined ? { pointer, code, message } : { pointer, code, message, hint };

/** A document that is not taken, with everything that was found. Messages never repeat a value: it may be personal. */
export class CredentialRefusal extends Error {
  readonly faults: readonly [CredentialFault, ...CredentialFault[]];

  constructor(...faults: [CredentialFault, ...CredentialFault[]]) {
    super(faults[0].message);
    this.name = 'CredentialRefusal';
    this.faults = faults;
  }

  get code(): CredentialFaultCode {
    return this.faults[0].code;
  }
}

/** Refuses with one fault. */
export function refuse(code: CredentialFaultCode, pointer = '', message?: string): never {
  throw new CredentialRefusal(fault(code, pointer, message));
}
