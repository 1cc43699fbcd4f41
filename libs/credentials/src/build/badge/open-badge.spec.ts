import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../testing/catalogue.ts';
import { anySource } from '../testing/arbitraries.ts';
import { officialFaults, officialSchemasAreThere } from '../testing/official-schemas.ts';
import { aSource, revocationEntry } from '../testing/sources.ts';
import { openBadgeOf } from './open-badge.ts';
import { hashedEmail, identityHash } from './recipient.ts';

type Subject = Record<string, unknown> & { achievement: Record<string, unknown> };
const subjectOf = (source = aSource()) => openBadgeOf(source).credentialSubject as unknown as Subject;

/** How many credentials are generated: a few here, 5,000 in a full run. */
const GENERATED = Number(process.env['MCR_GENERATED_CREDENTIALS'] ?? 200);

describe('An award as an Open Badge 3.0', () => {
  it('says what, by whom, when and under which status, and nothing that is empty', () => {
    const { owner, microCredential } = catalogue[0]!;
    const badge = openBadgeOf(aSource());
    expect(badge).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      id: 'urn:uuid:0b4f5a0c-0d53-4d5a-9d6f-0a4f7d1c2e3b',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: microCredential.name['en-CA'],
      issuer: { id: owner.did, type: ['Profile'], name: owner.name['en-CA'] },
    });
    expect(Object.keys(badge)).not.toContain('evidence');
    expect(JSON.stringify(badge)).not.toMatch(/\[\]|null/);
  });

  it('has a validFrom and an awardedDate with a zone; the day it was earned stays when validity begins later', () => {
    const badge = openBadgeOf(aSource({ award: { ...aSource().award, validFrom: '2026-12-24T09:00Z', validUntil: '2028-02-29T23:59:59.5-08:00' } }));
    expect(badge).toMatchObject({ awardedDate: '2026-10-01T00:00:00-07:00', validFrom: '2026-12-24T09:00:00Z', validUntil: '2028-03-01T07:59:59.500Z' });
    expect(openBadgeOf(aSource())).toMatchObject({ awardedDate: '2026-10-01T00:00:00-07:00', validFrom: '2026-10-01T00:00:00-07:00' });
  });

  it('carries one status of purpose revocation, never a list of them (Open Badges 3.0, credentialStatus 0..1)', () => {
    expect(openBadgeOf(aSource()).credentialStatus).toEqual(revocationEntry());
  });

  it('names the learner by DID alone where there is one', () => {
    const named = subjectOf(
      aSource({ recipient: { did: 'did:web:learner.example', email: hashedEmail('learner@example.com', 'Kosher'), reference: 'urn:uuid:1' } }),
    );
    expect(named['id']).toBe('did:web:learner.example');
    expect(named).not.toHaveProperty('identifier');
  });

  it('names the learner by a salted hash of the e-mail address where there is no DID, and by nothing where there is neither', () => {
    const hashed = subjectOf(aSource({ recipient: { email: hashedEmail('A@Example.com', 'Kosher') } }));
    expect(hashed).not.toHaveProperty('id');
    expect(hashed['identifier']).toEqual([
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
        identityType: 'emailAddress',
        salt: 'Kosher',
      },
    ]);
    const referred = subjectOf(aSource({ recipient: { email: hashedEmail('a@example.com', 'Kosher'), reference: 'urn:uuid:1' } }));
    expect(referred).toMatchObject({ id: 'urn:uuid:1', identifier: hashed['identifier'] });
    const nobody = subjectOf(aSource({ recipient: {} }));
    expect(nobody).not.toHaveProperty('id');
    expect(nobody).not.toHaveProperty('identifier');
  });

  it('hashes as the specification does in its example (Open Badges 3.0 §B.8.4)', () => {
    expect(identityHash('a@example.com', 'Kosher')).toBe('sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399');
  });

  it('pins the version of the micro-credential and relates the one before', () => {
    const { achievement } = subjectOf(aSource({ microCredential: { ...catalogue[0]!.microCredential, version: 3 }, previousVersion: 2 }));
    const address = `https://registry.example/micro-credentials/${catalogue[0]!.microCredential.ctid}/versions`;
    expect(achievement).toMatchObject({
      id: `${address}/3`,
      version: '3',
      achievementType: 'MicroCredential',
      related: [{ id: `${address}/2`, type: ['Related'], version: '2' }],
    });
  });

  it('aligns the achievement to the micro-credential in CTDL and to each competency', () => {
    const { microCredential } = catalogue[0]!;
    const { achievement } = subjectOf();
    expect(achievement['alignment']).toEqual([
      expect.objectContaining({ targetType: 'ceterms:Credential', targetCode: microCredential.ctid }),
      ...microCredential.competencies.map(({ ctid, competencyText }) =>
        expect.objectContaining({ targetType: 'ceasn:Competency', targetCode: ctid, targetDescription: competencyText }),
      ),
    ]);
  });

  it('has a picture that is an object', () => {
    const { achievement } = subjectOf(aSource({ image: 'https://registry.example/badge.png' }));
    expect(achievement['image']).toEqual({ id: 'https://registry.example/badge.png', type: 'Image', caption: catalogue[0]!.microCredential.name['en-CA'] });
  });

  it('describes each result, cites its description, and says which competencies were demonstrated', () => {
    const { microCredential } = catalogue[0]!;
    const demonstrated = microCredential.competencies[1]!.ctid;
    const award = {
      ...aSource().award,
      results: [{ resultType: 'LetterGrade' as const, value: 'A+' }],
      competenciesDemonstrated: [demonstrated, 'ce-not-of-this-one'],
    };
    const subject = subjectOf(aSource({ award }));
    const id = `${subject.achievement['id'] as string}#result-1`;
    expect(subject.achievement['resultDescription']).toEqual([{ id, type: ['ResultDescription'], name: 'Letter Grade', resultType: 'LetterGrade' }]);
    expect(subject['result']).toEqual([
      { type: ['Result'], resultDescription: id, value: 'A+' },
      { type: ['Result'], status: 'Completed', alignment: [expect.objectContaining({ targetCode: demonstrated })] },
    ]);
  });

  it('lets no word of an institution act as markup in the criteria', () => {
    const microCredential = {
      ...catalogue[0]!.microCredential,
      competencies: [{ ctid: 'ce-1', competencyText: '# [Look](javascript:alert(1))\n<img src=x>' }],
    };
    const { narrative } = subjectOf(aSource({ microCredential })).achievement['criteria'] as { narrative: string };
    expect(narrative).toContain('- \\# \\[Look\\]\\(javascript:alert\\(1\\)\\) \\<img src=x\\>');
  });

  it('speaks French where it is asked to and there is a French text, and says so', () => {
    const { microCredential } = catalogue[0]!;
    const bilingual = { ...microCredential, name: { 'en-CA': 'Forest health', 'fr-CA': 'Santé des forêts' } };
    expect(subjectOf(aSource({ microCredential: bilingual, language: 'fr-CA' })).achievement).toMatchObject({ name: 'Santé des forêts', inLanguage: 'fr-CA' });
    expect(subjectOf(aSource({ language: 'fr-CA' })).achievement).toMatchObject({ name: microCredential.name['en-CA'], inLanguage: 'en-CA' });
  });

  it('names no partner: a consent can be withdrawn, a credential cannot', () => {
    const partner = { organizationName: 'Upper Valley Nation', type: 'INDIGENOUS_COMMUNITY', roles: ['NEED'], publicConsent: true } as const;
    expect(JSON.stringify(openBadgeOf(aSource({ microCredential: { ...catalogue[0]!.microCredential, partners: [partner] } })))).not.toContain('Upper Valley');
  });

  it('is the same document for the same award', () => {
    expect(JSON.stringify(openBadgeOf(aSource()))).toBe(JSON.stringify(openBadgeOf(aSource())));
  });
});

const whereSchemasAre = officialSchemasAreThere ? describe : describe.skip;
whereSchemasAre('The schema of 1EdTech (skipped where ../shared/data/1edtech-schemas is not there)', () => {
  it.each(catalogue.map((each, nth) => [each.microCredential.name['en-CA'], nth]))('holds for an award of %s', (_, nth) => {
    expect(officialFaults('openBadge', openBadgeOf(aSource({}, nth as number)))).toEqual([]);
  });

  it('refuses two statuses and a picture that is a text: it does look', () => {
    const badge = openBadgeOf(aSource());
    const twice = { ...badge, credentialStatus: [revocationEntry(), { ...revocationEntry(), statusPurpose: 'suspension' }] };
    expect(officialFaults('openBadge', twice)).toEqual(['/credentialStatus must be object']);
    expect(officialFaults('openBadge', { ...badge, image: 'https://registry.example/badge.png' })).toContain('/image must be object');
    expect(officialFaults('openBadge', { ...badge, validFrom: '2026-10-01T00:00:00' })).not.toEqual([]);
  });

  it(`holds for ${GENERATED} generated awards`, () => {
    fc.assert(
      fc.property(anySource, (source) => {
        expect(officialFaults('openBadge', openBadgeOf(source))).toEqual([]);
      }),
      { numRuns: GENERATED },
    );
  }, 600_000);
});
