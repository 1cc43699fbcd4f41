import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bake, readBaked } from './bake/bake.ts';
import { badgePicture } from './bake/picture/badge-picture.ts';
import { pngOfPicture } from './bake/picture/png-of-picture.ts';
import { type OpenBadgeSource, openBadgeOf } from './build/badge/open-badge.ts';
import { endorsementOf } from './build/endorsement.ts';
import { learnerRecordOf } from './build/learner-record.ts';
import { anySource } from './build/testing/arbitraries.ts';
import { catalogue } from './build/testing/catalogue.ts';
import { aSource, addresses } from './build/testing/sources.ts';
import type { Credential, Cryptosuite, SecuredCredential } from './credential.ts';
import { signJwt } from './jwt/sign-jwt.ts';
import { didDocument } from './keys/did-document.ts';
import { keyLookup } from './keys/key-lookup.ts';
import { SigningKey } from './keys/signing-key.ts';
import { checkTerms } from './proofs/canonical.ts';
import { addProof } from './proofs/add-proof.ts';
import { statusEntryAt, statusListOf, type StatusPurpose } from './status/list-credential.ts';
import { verifyCredential } from './verify/verify-credential.ts';

const NOW = new Date('2026-11-28T12:00:00Z');
const issuer = catalogue[0]!.owner;
const key = SigningKey.generate();
const verificationMethod = `${issuer.did}#key-1`;
const document = didDocument(issuer.did, [{ id: verificationMethod, publicKeyMultibase: key.publicKey.multibase, activatedAt: '2020-01-01T00:00:00Z' }], NOW);

const REVOCATIONS = 'https://registry.example/status/r-1';
const SUSPENSIONS = 'https://registry.example/status/s-1';
const INDEX = 77_777;

const byIssuer = (nth: number): OpenBadgeSource => ({ ...aSource({}, nth), issuer, status: statusEntryAt(REVOCATIONS, INDEX, 'revocation') });
const secure = (credential: Credential, cryptosuite: Cryptosuite = 'eddsa-rdfc-2022'): Promise<SecuredCredential> =>
  addProof(credential, { key, verificationMethod, created: NOW, cryptosuite });

const lists = new Map<string, Promise<string>>();
function publish(id: string, purpose: StatusPurpose, set: readonly number[]): void {
  const list = statusListOf({ id, issuer: issuer.did, purpose, set, validFrom: '2026-11-28T11:00:00Z', validUntil: '2026-11-29T12:00:00Z', ttlMs: 60_000 });
  lists.set(
    id,
    list.then((unsecured) => secure(unsecured, 'eddsa-jcs-2022')).then((list) => JSON.stringify(list)),
  );
}

const verdictOn = async (presented: string) => {
  const { verdict, checks } = await verifyCredential(presented, {
    now: NOW,
    lookups: {
      key: keyLookup({ ownDocument: (did) => Promise.resolve(did === issuer.did ? document : undefined) }),
      statusList: (url) => lists.get(url) ?? Promise.reject(new Error('not published')),
      suspensionListBeside: () => Promise.resolve(SUSPENSIONS),
      issuer: (id) => Promise.resolve(id === issuer.did ? { id, name: 'UBC', recognised: [{ from: '2020-01-01T00:00:00Z' }], keys: [] } : undefined),
    },
  });
  return verdict === 'VALID'
    ? verdict
    : { verdict, checks: checks.filter(({ outcome }) => outcome === 'FAIL' || outcome === 'UNKNOWN').map(({ id, code, faults }) => ({ id, code, faults })) };
};

beforeAll(() => {
  publish(REVOCATIONS, 'revocation', []);
  publish(SUSPENSIONS, 'suspension', []);
});

describe('An award that became a credential', () => {
  it.each([0, 20, 40, 70])('is valid in every form in which it is handed out: the %sth of the catalogue', async (nth) => {
    const unsecured = openBadgeOf(byIssuer(nth));
    const picture = badgePicture({ microCredential: unsecured.name as string, institution: issuer.name['en-CA'] });
    const pictures = [new TextEncoder().encode(picture), await pngOfPicture(picture)];
    for (const secured of [await secure(unsecured), await secure(unsecured, 'eddsa-jcs-2022'), await signJwt(unsecured, { key, verificationMethod })]) {
      expect(await verdictOn(typeof secured === 'string' ? secured : JSON.stringify(secured))).toBe('VALID');
      for (const each of pictures) expect(await verdictOn(readBaked(bake(each, secured)))).toBe('VALID');
    }
  });

  it('is revoked, suspended, or not known to be either, as the bit of its index says', async () => {
    const presented = JSON.stringify(await secure(openBadgeOf(byIssuer(0))));
    publish(REVOCATIONS, 'revocation', [INDEX]);
    expect(await verdictOn(presented)).toMatchObject({ verdict: 'REVOKED' });
    publish(REVOCATIONS, 'revocation', [INDEX - 1, INDEX + 1]);
    publish(SUSPENSIONS, 'suspension', [INDEX]);
    expect(await verdictOn(presented)).toMatchObject({ verdict: 'SUSPENDED' });
    publish(SUSPENSIONS, 'suspension', []);
    expect(await verdictOn(presented)).toBe('VALID');
    lists.delete(REVOCATIONS);
    expect(await verdictOn(presented)).toMatchObject({ verdict: 'INDETERMINATE' });
    publish(REVOCATIONS, 'revocation', []);
  });

  it('uses no term that its contexts do not define, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(anySource, async (source) => {
        await checkTerms(openBadgeOf(source));
      }),
      { numRuns: 40 },
    );
  });
});

describe('Other documents that the registry builds', () => {
  it('are in order: a learner record with its credentials inside, and an endorsement', async () => {
    const inside = [await secure(openBadgeOf(byIssuer(0))), await secure(openBadgeOf(byIssuer(30)))] as const;
    const dates = { id: 'urn:uuid:9f8e7d6c-0b4f-4d5a-9d6f-0a4f7d1c2e3b', validFrom: '2026-11-28T11:00:00Z' };
    const party = { id: issuer.did, name: 'Micro-credential registry' };
    const record = learnerRecordOf({
      ...dates,
      name: 'Earned in British Columbia',
      publisher: party,
      recipient: aSource().recipient,
      credentials: inside,
      partial: false,
    });
    const endorsement = endorsementOf({ ...dates, endorser: party, endorses: addresses.competency('ce-1'), name: 'Endorsement', comment: 'Counts for us.' });
    for (const built of [record, endorsement])
      for (const cryptosuite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const) {
        const { checks } = (await verdictOn(JSON.stringify(await secure({ ...built, awardedDate: dates.validFrom }, cryptosuite)))) as {
          checks: { id: string }[];
        };
        expect((checks ?? []).filter(({ id }) => ['parse', 'schema', 'proof'].includes(id))).toEqual([]);
      }
  });
});
