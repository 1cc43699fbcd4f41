import { createHash } from 'node:crypto';
import { CREDENTIALS_V2, bundledContexts } from '../contexts/bundled.ts';
import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject } from '../json.ts';
import { base58Bytes } from '../keys/multikey.ts';
import { entriesOf, idFaults, isText, notEmpty, type Rule } from './rules.ts';

type Algorithm = 'sha256' | 'sha384' | 'sha512';
const algorithms: readonly Algorithm[] = ['sha256', 'sha384', 'sha512'];

/** The base context of 2024-07-20, which documents of that year quote by its digest; its terms are those of today. */
const earlier: ReadonlyMap<string, Readonly<Record<Algorithm, string>>> = new Map([
  [
    CREDENTIALS_V2,
    {
      sha256: '24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9',
      sha384: '35239c36999d2155312091af194a1edb61634d6ad789a5e5b19f2aebdd762dd9d1dcaada40eda7ef921c6b8c0ae107a0',
      sha512: 'cb1336dfa8670d80d03344b3b0cc25faf4d45201823c35f39bb1afe5a9f911f615ff4ec80ec5f2f89e33d14e96bec8be78e38df35b918c9cd5f3b3449bd6c88f',
    },
  ],
]);

interface Digest {
  readonly algorithm: Algorithm;
  readonly hex: string;
}

const SRI = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})$/;

/** Subresource Integrity: `sha384-…` in base 64; several are separated by spaces, and one that fits is enough. */
function sriDigests(text: string): readonly Digest[] | undefined {
  const parts = text
    .trim()
    .split(/\s+/)
    .map((part) => SRI.exec(part));
  return parts.every((part) => part !== null)
    ? parts.map((part) => ({ algorithm: part[1] as Algorithm, hex: Buffer.from(part[2]!, 'base64').toString('hex') }))
    : undefined;
}

const multihashes: readonly { readonly code: number; readonly algorithm: Algorithm; readonly length: number }[] = [
  { code: 0x12, algorithm: 'sha256', length: 32 },
  { code: 0x20, algorithm: 'sha384', length: 48 },
  { code: 0x13, algorithm: 'sha512', length: 64 },
];

/** Multibase of a multihash: `u` in base64url or `z` in base 58. */
function multibaseDigest(text: string): readonly Digest[] | undefined {
  const bytes = text.startsWith('u') ? Buffer.from(text.slice(1), 'base64url') : base58Bytes(text);
  const form = multihashes.find(({ code, length }) => bytes?.[0] === code && bytes[1] === length && bytes.length === length + 2);
  return form && [{ algorithm: form.algorithm, hex: bytes!.subarray(2).toString('hex') }];
}

/** Only resources that the library holds are compared: no other one is ever fetched, so none is used. */
function fits(url: string, digests: readonly Digest[]): boolean {
  const context = bundledContexts.get(url);
  if (!context) return true;
  const known = algorithms.map((algorithm) => ({ algorithm, hex: createHash(algorithm).update(context.text).digest('hex') }));
  return digests.some(({ algorithm, hex }) => known.some((one) => one.algorithm === algorithm && one.hex === hex) || earlier.get(url)?.[algorithm] === hex);
}

function digestFaults(resource: JsonObject, member: string, read: (text: string) => readonly Digest[] | undefined, pointer: string): CredentialFault[] {
  const value = resource[member];
  if (value === undefined) return [];
  const digests = isText(value) ? read(value) : undefined;
  if (!digests) return [fault('INVALID_VALUE', `${pointer}/${member}`, 'Expected a digest of SHA-256, SHA-384 or SHA-512.')];
  return isText(resource['id']) && !fits(resource['id'], digests) ? [fault('DIGEST_MISMATCH', `${pointer}/${member}`)] : [];
}

const MEDIA_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(?:\s*;.*)?$/;

function resourceFaults(resource: Json, pointer: string): CredentialFault[] {
  if (!isObject(resource)) return [fault('WRONG_TYPE', pointer, 'Expected an object with an id and a digest.')];
  const { digestSRI, digestMultibase, mediaType } = resource;
  const hasDigest = digestSRI !== undefined || digestMultibase !== undefined;
  const hasMediaType = mediaType === undefined || (isText(mediaType) && MEDIA_TYPE.test(mediaType));
  return [
    ...idFaults(resource['id'], `${pointer}/id`, true),
    ...(hasDigest ? [] : [fault('REQUIRED', `${pointer}/digestSRI`, 'Expected a digestSRI or a digestMultibase.')]),
    ...digestFaults(resource, 'digestSRI', sriDigests, pointer),
    ...digestFaults(resource, 'digestMultibase', multibaseDigest, pointer),
    ...(hasMediaType ? [] : [fault('INVALID_VALUE', `${pointer}/mediaType`, 'Expected a media type.')]),
  ];
}

/** VCDM 2.0 §5.3. */
export const relatedResources: Rule = (document) => {
  const entries = entriesOf(document, 'relatedResource');
  const ids = entries.flatMap(([entry]) => (isObject(entry) && entry['id'] !== undefined ? [entry['id']] : []));
  const repeated = new Set(ids).size < ids.length ? [fault('DUPLICATE', '/relatedResource', 'Two related resources have the same id.')] : [];
  return [...notEmpty(document, 'relatedResource'), ...repeated, ...entries.flatMap(([entry, pointer]) => resourceFaults(entry, pointer))];
};
