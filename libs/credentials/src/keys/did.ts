import { refuse } from '../faults.ts';
import { readPublicKey, type PublicKey } from './multikey.ts';

const DID = /^did:([a-z0-9]+):((?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2}|:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2}))$/;

/** A DID URL in its parts; `did` is everything before query and fragment (DID Core §3.2). */
export interface DidUrl {
  readonly did: string;
  readonly method: string;
  readonly id: string;
  readonly fragment?: string;
}

/** Reads a DID or a DID URL with a fragment. Paths and queries are refused: what a proof names is a key, not a place. */
export function readDidUrl(url: string): DidUrl {
  const hash = url.indexOf('#');
  const did = hash < 0 ? url : url.slice(0, hash);
  const fragment = hash < 0 ? undefined : url.slice(hash + 1);
  const match = url.length <= 2_048 ? DID.exec(did) : null;
  if (!match || fragment === '') return refuse('DID_INVALID');
  return { did, method: match[1]!, id: match[2]!, ...(fragment === undefined ? {} : { fragment }) };
}

export const isDid = (text: string): boolean => !text.includes('#') && text.length <= 2_048 && DID.test(text);

/** The DID that is nothing but this key. */
export const didKeyOf = ({ multibase }: PublicKey): string => `did:key:${multibase}`;

/** The id of the one verification method of a `did:key`. */
export const didKeyMethodOf = (key: PublicKey): string => `${didKeyOf(key)}#${key.multibase}`;

/** The key that a `did:key` is. */
export function keyOfDidKey({ method, id, fragment }: DidUrl): PublicKey {
  if (method !== 'key' || (fragment !== undefined && fragment !== id)) refuse('DID_INVALID');
  return readPublicKey(id);
}

/** `https://registry.example:3000/institutions/BCIT` ↔ `did:web:registry.example%3A3000:institutions:BCIT` (did:web §3). */
export function didWebOf(url: string): string {
  const { host, pathname } = new URL(url);
  const path = pathname
    .split('/')
    .filter((part) => part !== '')
    .map((part) => `:${part}`);
  return `did:web:${host.replace(':', '%3A')}${path.join('')}`;
}

/** Where the document of a `did:web` is: always HTTPS, `/.well-known/did.json` for a bare host. */
export function urlOfDidWeb(did: string): string {
  const { method, id } = readDidUrl(did);
  if (method !== 'web') refuse('DID_INVALID');
  const [host, ...path] = id.split(':').map((part) => decoded(part));
  if (path.some((part) => part === '' || part === '.' || part === '..' || /[/\\?#]/.test(part))) refuse('DID_INVALID');
  const place = path.length === 0 ? '/.well-known' : `/${path.map(encodeURIComponent).join('/')}`;
  const text = `https://${host}${place}/did.json`;
  const isWhole = URL.canParse(text) && new URL(text).host === host!.toLowerCase().replace(/:443$/, '') && new URL(text).username === '';
  return isWhole ? text : refuse('DID_INVALID');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse('DID_INVALID');
  }
}
