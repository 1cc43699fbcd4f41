import { openBadgeOf } from '../build/badge/open-badge.ts';
import { aSource } from '../build/testing/sources.ts';
import { credentialHash } from '../credential-hash.ts';
import type { Credential, JsonObject, SecuredCredential } from '../credential.ts';
import { didDocument, type IssuerKey } from '../keys/did-document.ts';
import { keyLookup } from '../keys/key-lookup.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { addProof, type ProofOptions } from '../proofs/add-proof.ts';
import { statusListOf, type StatusPurpose } from '../status/list-credential.ts';
import type { KnownIssuer, RegistryRecord, VerificationLookups } from '../verify/lookups.ts';
import { achievementsOf } from '../verify/checks/registry-checks.ts';
import { verifyCredential, type Verification, type VerificationOptions } from '../verify/verify-credential.ts';
import { NOW } from './an-issuer.ts';

export const INSTITUTION = 'did:web:registry.example:institutions:BCIT';
export const REVOCATIONS = 'https://registry.example/status/r-1';
export const SUSPENSIONS = 'https://registry.example/status/s-1';
export const signingKey = SigningKey.generate();
export const KEY = `${INSTITUTION}#key-1`;

/** What a registry of one institution knows; a test changes what it is about. */
export interface Registry {
  readonly keys: readonly IssuerKey[];
  readonly issuer: KnownIssuer | undefined;
  readonly record: Partial<RegistryRecord> | undefined;
  readonly definitions: readonly string[];
  readonly revoked: readonly number[];
  readonly suspended: readonly number[];
  readonly lists: { readonly validUntil: string };
  readonly lookups: Partial<VerificationLookups>;
}

const activeKey: IssuerKey = { id: KEY, publicKeyMultibase: signingKey.publicKey.multibase, activatedAt: '2026-01-01T00:00:00Z' };
export const keyThat = (changes: Partial<IssuerKey>): IssuerKey => ({ ...activeKey, ...changes });

/** An award of the demonstration as the institution signed it, at index 4711 of its list. */
export const badge = (changes: JsonObject = {}): Credential => {
  const made = openBadgeOf(aSource());
  return JSON.parse(JSON.stringify({ ...made, issuer: { ...(made.issuer as JsonObject), id: INSTITUTION }, ...changes })) as Credential;
};

export const signed = (document: Credential = badge(), options: Partial<ProofOptions> = {}): Promise<SecuredCredential> =>
  addProof(document, { key: signingKey, verificationMethod: KEY, created: new Date('2026-10-02T00:00:00Z'), ...options });

async function listAt(url: string, purpose: StatusPurpose, set: readonly number[], validUntil: string): Promise<string> {
  const list = await statusListOf({ id: url, issuer: INSTITUTION, purpose, set, validFrom: '2026-11-28T11:59:00Z', validUntil, ttlMs: 60_000 });
  return JSON.stringify(await signed(list, { created: NOW }));
}

const ordinary: Registry = {
  keys: [activeKey],
  issuer: { id: INSTITUTION, name: 'BCIT', recognised: [{ from: '2020-01-01T00:00:00Z' }], keys: [activeKey] },
  record: {},
  definitions: achievementsOf(badge()),
  revoked: [],
  suspended: [],
  lists: { validUntil: '2026-11-29T12:00:00Z' },
  lookups: {},
};

/** The lookups of a registry that has received and signed `credential`. */
export function lookupsOf(credential: JsonObject | string, changes: Partial<Registry> = {}): VerificationLookups {
  const registry = { ...ordinary, ...changes };
  const keys = changes.keys ?? registry.keys;
  const document = typeof credential === 'string' ? { id: badge().id } : credential;
  // Who signs lists today has a key that is good today.
  const ownDocument = async (did: string) => (did === INSTITUTION ? didDocument(did, [...keys.filter(({ id }) => id !== KEY), activeKey], NOW) : undefined);
  const record: RegistryRecord = {
    issuer: INSTITUTION,
    hashes: [credentialHash(credential)],
    receivedAt: '2026-10-02T00:00:05Z',
    status: 'ACTIVE',
    ...registry.record,
  };
  return {
    key: keyLookup({ ownDocument }),
    statusList: (url) =>
      url === REVOCATIONS
        ? listAt(url, 'revocation', registry.revoked, registry.lists.validUntil)
        : listAt(url, 'suspension', registry.suspended, registry.lists.validUntil),
    suspensionListBeside: async (list) => (list === REVOCATIONS ? SUSPENSIONS : undefined),
    issuer: async (id) => (id === registry.issuer?.id ? { ...registry.issuer, keys } : undefined),
    record: async (id) => (registry.record && id === document.id ? record : undefined),
    definition: async (id) => (registry.definitions.includes(id) ? { id, name: 'A micro-credential' } : undefined),
    ...registry.lookups,
  };
}

export async function verified(
  credential: JsonObject | string,
  changes: Partial<Registry> = {},
  options: Partial<VerificationOptions> = {},
): Promise<Verification> {
  return verifyCredential(credential, { lookups: lookupsOf(credential, changes), now: NOW, ...options });
}

/** Outcome and code of one check, as `FAIL REVOKED`. */
export function checked(verification: Verification, id: string): string {
  const { outcome, code } = verification.checks.find((check) => check.id === id)!;
  return `${outcome} ${code}`;
}
