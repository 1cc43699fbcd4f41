import type { JsonObject } from '../credential.ts';
import type { KeyKind } from '../keys/multikey.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { parseDocument } from '../parse/parse-document.ts';
import { checkTerms } from '../proofs/canonical.ts';
import type { JwtType } from './jwt-form.ts';

export interface JwtOptions {
  readonly key: SigningKey;
  /** The URL by which verifiers find the public key; becomes `kid`. */
  readonly verificationMethod: string;
  readonly type?: JwtType;
  /** When it is signed; becomes `iat`. Without it nobody can tell, once the key is retired, that this was signed before. */
  readonly created?: Date;
}

const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** A JWT up to its signature: the ASCII bytes of `text` are to be signed. For keys that are kept elsewhere. */
export interface UnsignedJwt {
  readonly text: string;
}

/** What a JWT of a document says, before it is signed by a key of that kind. */
export async function unsignedJwt(
  document: JsonObject,
  { kind, verificationMethod, type = 'vc+jwt', created }: Omit<JwtOptions, 'key'> & { kind: KeyKind },
): Promise<UnsignedJwt> {
  const plain = parseDocument(JSON.stringify(document));
  await checkTerms(plain);
  const header = { alg: kind === 'Ed25519' ? 'EdDSA' : 'ES256', kid: verificationMethod, typ: type, cty: type.slice(0, 2) };
  const claims = created ? { iat: Math.floor(created.getTime() / 1_000) } : {};
  return { text: `${part(header)}.${part({ ...plain, ...claims })}` };
}

export const jwtWithSignature = ({ text }: UnsignedJwt, signature: Uint8Array): string => `${text}.${Buffer.from(signature).toString('base64url')}`;

/**
 * Secures a document as a JWT whose payload is the document itself, with when it was signed (VC-JOSE-COSE §3.1): EdDSA with an Ed25519 key, ES256
 * with a P-256 key. What is signed is what is read, without any processing between.
 */
export async function signJwt(document: JsonObject, { key, ...terms }: JwtOptions): Promise<string> {
  const unsigned = await unsignedJwt(document, { kind: key.kind, ...terms });
  return jwtWithSignature(unsigned, key.sign(Buffer.from(unsigned.text, 'ascii')));
}
