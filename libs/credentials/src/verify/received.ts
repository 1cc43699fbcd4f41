import type { JsonObject } from '../credential.ts';
import { CredentialRefusal, refuse, type CredentialFault } from '../faults.ts';
import { looksLikeJwt, readJwt, type ReadJwt } from '../jwt/verify-jwt.ts';
import { isObject, listOf } from '../json.ts';
import { parseDocument } from '../parse/parse-document.ts';
import { envelopeFaults, isEnvelope, jwtInEnvelope, type Envelope } from '../shape/presentation-rules.ts';

/** What was presented: bytes or text as they came, or an object that was parsed before. */
export type Received = Uint8Array | string | JsonObject;

/** A document with how it is secured. */
export interface Presented {
  readonly document: JsonObject;
  readonly jwt?: { readonly text: string; readonly read: ReadJwt };
}

const forms = {
  credential: { envelope: 'EnvelopedVerifiableCredential', jwt: 'vc+jwt' },
  presentation: { envelope: 'EnvelopedVerifiablePresentation', jwt: 'vp+jwt' },
} as const satisfies Record<string, { readonly envelope: Envelope; readonly jwt: 'vc+jwt' | 'vp+jwt' }>;

export type Kind = keyof typeof forms;

/** Status lists and records are the largest documents that are read. */
const LARGEST = 4 * 1024 * 1024;

function ofJwt(text: string, kind: Kind): Presented {
  const read = readJwt(text, forms[kind].jwt);
  return { document: read.document, jwt: { text, read } };
}

/** What no text can carry (a circle, endless nesting) was never JSON. */
function textOf(document: JsonObject): string {
  try {
    return JSON.stringify(document);
  } catch {
    return refuse('NOT_JSON');
  }
}

function read(received: Received, kind: Kind): Presented {
  // An object goes through the text again: what was parsed loosely may hold what nobody can sign.
  const isBytes = received instanceof Uint8Array;
  const given =
    isBytes && received.length <= LARGEST
      ? Buffer.from(received).toString('latin1').trim()
      : typeof received === 'string' && received.length <= LARGEST
        ? received.trim()
        : '';
  if (looksLikeJwt(given)) return ofJwt(given, kind);
  const document = parseDocument(isBytes || typeof received === 'string' ? received : textOf(received), { maxBytes: LARGEST });
  const { envelope } = forms[kind];
  if (!isEnvelope(document, envelope)) return { document };
  const faults = envelopeFaults(document, envelope);
  if (faults.length > 0) throw new CredentialRefusal(...(faults as [CredentialFault, ...CredentialFault[]]));
  return ofJwt(jwtInEnvelope(document, envelope)!, kind);
}

/** Reads what was presented, or says what is wrong with it. */
export function readReceived(received: Received, kind: Kind = 'credential'): Presented | { readonly faults: readonly CredentialFault[] } {
  try {
    return read(received, kind);
  } catch (error) {
    if (error instanceof CredentialRefusal) return { faults: error.faults };
    throw error;
  }
}

/** A graph proof reads the whole document as JSON-LD, so the shape need not do it too. */
export const isReadByProof = ({ document, jwt }: Presented): boolean => {
  const proofs = listOf(document['proof']).filter(isObject);
  return jwt === undefined && proofs.length > 0 && proofs.every(({ cryptosuite }) => cryptosuite === 'eddsa-rdfc-2022');
};
