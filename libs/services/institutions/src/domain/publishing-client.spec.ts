import { describe, expect, it } from '@jest/globals';
import { Refusal, english } from '@mcr/event-kit';
import { activate, invite, suspend, verify } from './institution.ts';
import { type PublishingClient, register, revoke } from './publishing-client.ts';

const invited = invite({
  ctid: 'ce-1',
  code: 'NIC',
  name: english('North Island College'),
  agentType: 'COLLEGE',
  region: 'Vancouver Island/Coast',
  subjectWebpage: null,
});
const pending = verify(invited, 'ana');
const active = activate(pending, 'ben');

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'k1' } as const;
const wanted = { clientId: 'nic-publisher', publicKey: key, scopes: ['award:publish'] };
const known = register(active, undefined, wanted);

const codeOf = (decide: () => unknown): string => {
  try {
    decide();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.code;
    throw thrown;
  }
  return 'allowed';
};

describe('registering a publishing client', () => {
  it('gives the institution an active client', () => {
    expect(known).toEqual({ ...wanted, institutionCtid: 'ce-1', status: 'ACTIVE' });
  });

  it.each([
    ['INVITED', invited],
    ['PENDING_VERIFICATION', pending],
    ['SUSPENDED', suspend(active, 'Fees unpaid.')],
  ])('is not for an institution that is %s', (_status, institution) => {
    expect(codeOf(() => register(institution, undefined, wanted))).toBe('ILLEGAL_STATE');
  });

  it('answers the same registration with the client that is known', () => {
    const again = { ...wanted, publicKey: { kid: 'k1', x: key.x, crv: 'Ed25519', kty: 'OKP' } as const, scopes: [...wanted.scopes] };
    expect(register(active, known, again)).toBe(known);
  });

  it.each<[string, PublishingClient, Partial<typeof wanted>]>([
    ['with another key', known, { publicKey: { ...key, x: 'A'.repeat(43) } as unknown as typeof key }],
    ['with another key id', known, { publicKey: { ...key, kid: 'k2' } as unknown as typeof key }],
    ['with other scopes', known, { scopes: ['award:publish', 'program:write'] }],
    ['of a revoked client', revoke(known, null), {}],
    ['of another institution', { ...known, institutionCtid: 'ce-2' }, {}],
  ])('refuses a client id %s', (_what, client, change) => {
    expect(codeOf(() => register(active, client, { ...wanted, ...change }))).toBe('CLIENT_ID_TAKEN');
  });

  it('says nothing about whose client id it is', () => {
    expect(() => register(active, { ...known, institutionCtid: 'ce-2' }, wanted)).toThrow('The client id is in use.');
  });
});

describe('revoking a publishing client', () => {
  it('ends it and keeps the reason', () => {
    expect(revoke(known, 'Key lost.')).toEqual({ ...known, status: 'REVOKED', reason: 'Key lost.' });
  });

  it('happens once', () => {
    expect(codeOf(() => revoke(revoke(known, null), null))).toBe('ILLEGAL_STATE');
  });
});
