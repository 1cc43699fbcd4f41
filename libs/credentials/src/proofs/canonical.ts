import canonicalize from 'canonicalize';
import jsonld from 'jsonld';
import { loadContext } from '../contexts/load-context.ts';
import type { Cryptosuite, JsonObject } from '../credential.ts';
import { CredentialRefusal, fault } from '../faults.ts';
import { termSkeleton } from './term-skeleton.ts';

const safely = { documentLoader: loadContext, safe: true, base: null } as const;

/**
 * The canonical N-Quads of a document (RDFC-1.0). Undefined terms, redefined protected terms, relative references and
 * contexts that are not bundled are refused, and so is a graph that is made to be slow (RDF Dataset Canonicalization §7.1).
 */
async function nQuads(document: JsonObject): Promise<string> {
  try {
    return await jsonld.canonize(document, { ...safely, rdfDirection: 'i18n-datatype', canonizeOptions: { algorithm: 'RDFC-1.0', maxWorkFactor: 1 } });
  } catch (error) {
    throw refusalFor(error);
  }
}

/** Expanding takes most of the time of a verification, and an issuer's credentials are alike. */
const KEPT_SKELETONS = 2_000;
const taken = new Set<string>();

/** Refuses what JSON-LD cannot read without losing something. For documents whose canonical form is their JSON. */
export async function checkTerms(document: JsonObject): Promise<void> {
  const skeleton = termSkeleton(document);
  if (skeleton !== undefined && taken.has(skeleton)) return;
  await expand(document);
  if (skeleton === undefined) return;
  if (taken.size >= KEPT_SKELETONS) taken.delete(taken.values().next().value!);
  taken.add(skeleton);
}

/** The same without remembering anything. */
export async function expand(document: JsonObject): Promise<void> {
  try {
    await jsonld.expand(document, safely);
  } catch (error) {
    throw refusalFor(error);
  }
}

const isAbout = (error: unknown, text: string): boolean => error instanceof Error && (error.message.includes(text) || isAbout(error.cause, text));

function refusalFor(error: unknown): CredentialRefusal {
  for (let cause = error; cause !== undefined && cause !== null; cause = detailOf(cause)) if (cause instanceof CredentialRefusal) return cause;
  return new CredentialRefusal(isAbout(error, 'Maximum deep iterations') ? fault('TOO_COMPLEX') : fault('TERMS_INVALID'));
}

/** The processor wraps what the loader threw, in one of two places. */
function detailOf(error: unknown): unknown {
  const { cause, details } = error as { readonly cause?: unknown; readonly details?: { readonly cause?: unknown } };
  return cause ?? details?.cause;
}

/** RFC 8785. The document was parsed strictly, so nothing in it has no canonical form. */
const canonicalJson = (document: JsonObject): string => canonicalize(document)!;

/** What a cryptosuite hashes (EdDSA Cryptosuites §3.2.3 and §3.3.3). */
export const canonicalFormOf: Readonly<Record<Cryptosuite, (document: JsonObject) => Promise<string>>> = {
  'eddsa-rdfc-2022': nQuads,
  'eddsa-jcs-2022': async (document) => canonicalJson(document),
};
