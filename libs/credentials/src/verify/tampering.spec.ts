import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openBadgeOf } from '../build/badge/open-badge.ts';
import { anySource } from '../build/testing/arbitraries.ts';
import { credentialHash } from '../credential-hash.ts';
import type { Credential, JsonObject, SecuredCredential } from '../credential.ts';
import { without } from '../json.ts';
import { signJwt } from '../jwt/sign-jwt.ts';
import { canonicalFormOf } from '../proofs/canonical.ts';
import { INSTITUTION, KEY, REVOCATIONS, SUSPENSIONS, checked, lookupsOf, signed, signingKey } from '../testing/a-registry.ts';
import { NOW, aCredential } from '../testing/an-issuer.ts';
import { mutantsOf, type Mutant } from '../testing/mutants.ts';
import type { VerificationLookups } from './lookups.ts';
import { achievementsOf } from './checks/registry-checks.ts';
import { verifyCredential, type Verification } from './verify-credential.ts';

/** A few hundred here; a full run has 200 credentials and at least 20,000 mutants. */
const CREDENTIALS = Number(process.env['MCR_TAMPERED_CREDENTIALS'] ?? 8);
const MUTANTS_OF_EACH = Number(process.env['MCR_MUTANTS_OF_EACH'] ?? 30);
const FULL_RUN_MS = 3_600_000;

const badges = fc.sample(anySource, { numRuns: CREDENTIALS, seed: 20_261_128 }).map((source, nth): Credential => {
  const made = openBadgeOf(source);
  const dates = { awardedDate: '2026-10-01T00:00:00-07:00', validFrom: '2026-10-01T00:00:00-07:00', validUntil: '2030-10-01T00:00:00-07:00' };
  const id = `urn:uuid:00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
  return JSON.parse(JSON.stringify({ ...made, ...dates, id, issuer: { ...(made.issuer as JsonObject), id: INSTITUTION } })) as Credential;
});

/** Spread over all mutants, another part of them for each credential. */
function some(mutants: readonly Mutant[], nth: number): readonly Mutant[] {
  const step = Math.max(1, Math.floor(mutants.length / MUTANTS_OF_EACH));
  return mutants.filter((_, index) => index % step === nth % step).slice(0, MUTANTS_OF_EACH);
}

let statusList: VerificationLookups['statusList'];
const lookups = (original: JsonObject | string, document: JsonObject): VerificationLookups => {
  const all = lookupsOf(document, { definitions: achievementsOf(document), lookups: { statusList } });
  return {
    ...all,
    record: async (id) =>
      id === document['id'] ? { issuer: INSTITUTION, hashes: [credentialHash(original)], receivedAt: '2026-10-02T00:00:05Z', status: 'ACTIVE' } : undefined,
  };
};
const verdict = (received: JsonObject | string, all: VerificationLookups): Promise<Verification> => verifyCredential(received, { lookups: all, now: NOW });

/** For a graph proof: says exactly the same. A JSON proof leaves nothing of the kind. */
const saysTheSame = async (one: JsonObject, other: JsonObject): Promise<boolean> => {
  const canonical = canonicalFormOf['eddsa-rdfc-2022'];
  return (await canonical(without(one, 'proof'))) === (await canonical(without(other, 'proof')));
};

describe('A credential in which one member was changed, removed, moved or added', () => {
  beforeAll(async () => {
    const published = lookupsOf(aCredential());
    const texts = new Map(await Promise.all([REVOCATIONS, SUSPENSIONS].map(async (url) => [url, await published.statusList(url)] as const)));
    statusList = async (url) => texts.get(url) ?? Promise.reject(new Error('no such list'));
  });

  it(
    'is never VALID',
    async () => {
      let mutants = 0;
      let sameGraph = 0;
      for (const [nth, document] of badges.entries()) {
        const cryptosuite = nth % 2 === 0 ? ('eddsa-rdfc-2022' as const) : ('eddsa-jcs-2022' as const);
        const original: SecuredCredential = await signed(document, { cryptosuite });
        const all = lookups(original, document);
        expect(await verdict(original, all)).toMatchObject({ verdict: 'VALID' });
        for (const { what, document: mutant } of some([...mutantsOf(original)], nth)) {
          const verification = await verdict(mutant, all);
          mutants += 1;
          expect([what, verification.verdict]).not.toEqual([what, 'VALID']);
          if (!checked(verification, 'proof').startsWith('PASS')) continue;
          // Only the hash that the registry keeps tells these apart: every reader of the graph reads the same.
          sameGraph += 1;
          expect([what, cryptosuite, await saysTheSame(mutant, original)]).toEqual([what, 'eddsa-rdfc-2022', true]);
        }
      }
      if (CREDENTIALS >= 200) console.log(`${mutants} mutants of ${badges.length} credentials, 0 valid; ${sameGraph} say the same as the original`);
      expect(mutants).toBeGreaterThanOrEqual(CREDENTIALS >= 200 ? 20_000 : CREDENTIALS * MUTANTS_OF_EACH * 0.8);
    },
    FULL_RUN_MS,
  );

  it('is never VALID as a JWT', async () => {
    const [document] = badges;
    const jwt = await signJwt(document!, { key: signingKey, verificationMethod: KEY });
    const all = lookups(jwt, document!);
    expect(await verdict(jwt, all)).toMatchObject({ verdict: 'VALID' });
    const [head, , signature] = jwt.split('.');
    for (const { what, document: mutant } of some([...mutantsOf(document!)], 1)) {
      const forged = `${head}.${Buffer.from(JSON.stringify(mutant)).toString('base64url')}.${signature}`;
      expect([what, checked(await verdict(forged, all), 'proof')]).not.toEqual([what, 'PASS OK']);
    }
  });
});
