import type { JsonWebKey } from 'node:crypto';
import type { Json, JsonObject } from '../credential.ts';
import type { Egress } from '../egress.ts';
import { CredentialRefusal, fault, refuse } from '../faults.ts';
import { isObject, listOf } from '../json.ts';
import { parseDocument } from '../parse/parse-document.ts';
import { didKeyOf, keyOfDidKey, readDidUrl, urlOfDidWeb } from './did.ts';
import { readPublicJwk, readPublicKey, type PublicKey } from './multikey.ts';

/** What the key of a verification method may be used for (CID §2.3). */
export type ProofPurpose = 'assertionMethod' | 'authentication';

/** A verification method with its key, as the document of its controller says now. */
export interface ResolvedKey {
  readonly id: string;
  readonly controller: string;
  readonly publicKey: PublicKey;
  readonly purposes: readonly ProofPurpose[];
  readonly revoked?: string;
}

/**
 * Looks up a verification method by its URL. Refuses with KEY_NOT_FOUND what is not there, and with KEY_UNREACHABLE
 * what could not be looked up: that is no answer, and makes a check UNKNOWN.
 */
export type KeyLookup = (verificationMethod: string) => Promise<ResolvedKey>;

export interface KeySources {
  /** Documents that the registry keeps itself; undefined for a DID that is not its own. */
  readonly ownDocument?: (did: string) => Promise<JsonObject | undefined>;
  /** For all others; without it they are KEY_UNREACHABLE. */
  readonly egress?: Egress;
}

/** Larger than any document of an institution with a century of keys. */
const LARGEST_DOCUMENT = 256 * 1024;

const purposesOf = (document: JsonObject, id: string): ProofPurpose[] =>
  (['assertionMethod', 'authentication'] as const).filter((purpose) =>
    listOf(document[purpose]).some((entry) => absolute(document, isObject(entry) ? entry['id'] : entry) === id),
  );

const absolute = (document: JsonObject, id: Json | undefined): Json | undefined =>
  typeof id === 'string' && id.startsWith('#') ? `${document['id'] as string}${id}` : id;

function publicKeyIn(method: JsonObject): PublicKey {
  const { publicKeyMultibase, publicKeyJwk } = method;
  if (typeof publicKeyMultibase === 'string' && publicKeyJwk === undefined) return readPublicKey(publicKeyMultibase);
  if (isObject(publicKeyJwk) && publicKeyMultibase === undefined) return readPublicJwk(publicKeyJwk as JsonWebKey);
  return refuse('KEY_UNSUPPORTED');
}

/** The key of `id` in the document of its controller, which must say that it is that document. */
export function keyInDocument(document: JsonObject, id: string): ResolvedKey {
  const base = id.slice(0, id.indexOf('#'));
  if (document['id'] !== base) refuse('KEY_NOT_FOUND');
  const embedded = (['assertionMethod', 'authentication'] as const).flatMap((purpose) => listOf(document[purpose]));
  const found = [...listOf(document['verificationMethod']), ...embedded].filter(isObject).filter((method) => absolute(document, method['id']) === id);
  const [method] = found;
  if (!method) return refuse('KEY_NOT_FOUND');
  if (method['controller'] !== base) refuse('KEY_NOT_OF_ISSUER');
  const { revoked } = method;
  return { id, controller: base, publicKey: publicKeyIn(method), purposes: purposesOf(document, id), ...(typeof revoked === 'string' ? { revoked } : {}) };
}

const unreachable = (): never => refuse('KEY_UNREACHABLE');

async function fetchDocument(url: string, egress: Egress | undefined): Promise<JsonObject> {
  if (!egress) return unreachable();
  const { body } = await egress(url).catch(unreachable);
  try {
    return parseDocument(body, { maxBytes: LARGEST_DOCUMENT });
  } catch {
    return unreachable();
  }
}

/** `did:key` needs nothing, own DIDs their store, other `did:web` and HTTPS controllers the egress. A document is asked for once. */
export function keyLookup({ ownDocument, egress }: KeySources): KeyLookup {
  const documents = new Map<string, Promise<JsonObject>>();
  const once = (id: string, load: () => Promise<JsonObject>): Promise<JsonObject> => {
    const loading = documents.get(id) ?? load();
    documents.set(id, loading);
    return loading;
  };
  const ofDid = async (did: string, method: string): Promise<JsonObject> => {
    const own = await ownDocument?.(did).catch(unreachable);
    if (own) return own;
    return method === 'web' ? fetchDocument(urlOfDidWeb(did), egress) : refuse('DID_INVALID');
  };

  return async (id) => {
    if (id.startsWith('https://')) {
      const url = new URL(refuseUnlessFragment(id));
      return keyInDocument(await once(url.href, () => fetchDocument(url.href.slice(0, url.href.indexOf('#')), egress)), id);
    }
    const url = readDidUrl(id);
    if (url.method === 'key') return ofDidKey(id);
    refuseUnlessFragment(id);
    return keyInDocument(await once(url.did, () => ofDid(url.did, url.method)), id);
  };
}

function ofDidKey(id: string): ResolvedKey {
  const url = readDidUrl(id);
  const publicKey = keyOfDidKey(url);
  if (url.fragment === undefined) return refuse('KEY_NOT_FOUND');
  return { id, controller: didKeyOf(publicKey), publicKey, purposes: ['assertionMethod', 'authentication'] };
}

function refuseUnlessFragment(id: string): string {
  if (!id.includes('#') || (id.startsWith('https://') && !URL.canParse(id))) throw new CredentialRefusal(fault('KEY_NOT_FOUND'));
  return id;
}
