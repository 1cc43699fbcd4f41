import { describe, expect, it } from '@jest/globals';
import { endorsementOf } from './endorsement.ts';
import { officialFaults, officialSchemasAreThere } from './testing/official-schemas.ts';
import { addresses, revocationEntry } from './testing/sources.ts';
import { catalogue } from './testing/catalogue.ts';

const source = {
  id: 'urn:uuid:7d1c3d2e-0b4f-4d5a-9d6f-0a4f7d1c2e3b',
  endorser: { id: 'did:web:employer.example', name: 'Employers’ Association of Québec and B.C.', url: 'https://employer.example/' },
  endorses: addresses.microCredentialVersion(catalogue[0]!.microCredential.ctid, 1),
  name: 'Endorsement of a micro-credential',
  comment: 'We hire on the strength of it.',
  validFrom: '2026-10-01T09:00:00-07:00',
};

describe('An endorsement', () => {
  it('says who endorses what, and why', () => {
    expect(endorsementOf(source)).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      id: source.id,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: source.name,
      issuer: { id: 'did:web:employer.example', type: ['Profile'], name: source.endorser.name, url: 'https://employer.example/' },
      validFrom: '2026-10-01T16:00:00Z',
      credentialSubject: { id: source.endorses, type: ['EndorsementSubject'], endorsementComment: source.comment },
    });
  });

  (officialSchemasAreThere ? it : it.skip)(
    'keeps the schema of 1EdTech, with and without what may be left out (skipped where ../shared/data/1edtech-schemas is not there)',
    () => {
      const { comment: _, ...least } = source;
      expect(officialFaults('endorsement', endorsementOf(least))).toEqual([]);
      expect(officialFaults('endorsement', endorsementOf({ ...source, validUntil: '2028-02-29T00:00Z', status: revocationEntry() }))).toEqual([]);
      expect(officialFaults('endorsement', { ...endorsementOf(source), name: undefined })).not.toEqual([]);
    },
  );
});
