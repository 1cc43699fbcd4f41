import type { JsonObject } from '../credential.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { parseDocument } from '../parse/parse-document.ts';
import { checkTerms } from '../proofs/canonical.ts';
import type { JwtType } from './jwt-form.ts';

export interface JwtOptions {
  readonly key: SigningKey;
  /** The URL by which verifiers find the public key; becomes `kid`. */
  readonly verificationMethod: string;
  readonly type?: JwtType;
}

const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/**
 * Secures a document as a JWT whose payload is the document itself (VC-JOSE-COSE §3.1): EdDSA with an Ed25519 key, ES256
 * with a P-256 key. What is signed is what is read, without any processing between.
 */
export async function signJwt(document: JsonObject, { key, verificationMethod, type = 'vc+jwt' }: JwtOptions): Promise<string> {
  const plain = parseDocument(JSON.stringify(document));
  await checkTerms(plain);
  const header = { alg: key.kind === 'Ed25519' ? 'EdDSA' : 'ES256', kid: verificationMethod, typ: type, cty: type.slice(0, 2) };
  const signed = `${part(header)}.${part(plain)}`;
  return `${signed}.${key.sign(Buffer.from(signed, 'ascii')).toString('base64url')}`;
}
