import { describe, expect, it } from '@jest/globals';
import { microCredentialNamed } from './micro-credential-named.ts';

const ctid = 'ce-2f1d7c8e-5b4a-4e9f-8a3c-1b2d3e4f5a6b';
const registry = 'https://registry.example';
const named = (id: string) => microCredentialNamed(id, registry);

describe('The id of an achievement', () => {
  it.each([
    [`${registry}/micro-credentials/${ctid}`, { ctid }],
    [`${registry}/micro-credentials/${ctid}/versions/12`, { ctid, version: 12 }],
    [`urn:ctid:${ctid}`, { ctid }],
  ])('names a micro-credential: %s', (id, expected) => expect(named(id)).toEqual(expected));

  it.each([
    ctid,
    '',
    `https://elsewhere.example/micro-credentials/${ctid}`,
    `https://registry.example.evil.example/micro-credentials/${ctid}`,
    `${registry}/micro-credentials/${ctid}/`,
    `${registry}/micro-credentials/${ctid}/versions/0`,
    `${registry}/micro-credentials/${ctid}/versions/1?x=1`,
    `${registry}/micro-credentials/${ctid}/versions/9999999999`,
    `${registry}/micro-credentials/${ctid.toUpperCase()}`,
    `urn:ctid:${ctid}#1`,
  ])('names none: %j', (id) => expect(named(id)).toBeUndefined());
});
