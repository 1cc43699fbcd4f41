import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SecuredCredential } from '../credential.ts';
import { openBadgeOf, type OpenBadgeSource } from './badge/open-badge.ts';
import { learnerRecordOf } from './learner-record.ts';
import { anySource } from './testing/arbitraries.ts';
import { catalogue } from './testing/catalogue.ts';
import { officialFaults, officialSchemasAreThere } from './testing/official-schemas.ts';
import { aSource } from './testing/sources.ts';

const proof = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-10-01T09:00:00Z',
  verificationMethod: 'did:web:registry.example:institutions:UBC#k1',
  proofPurpose: 'assertionMethod',
  proofValue: 'zFormOfAProofOnly',
} as const;
const withProof = (source: OpenBadgeSource): SecuredCredential => ({ ...openBadgeOf(source), proof });

const recordOf = (...credentials: [SecuredCredential, ...SecuredCredential[]]) =>
  learnerRecordOf({
    id: 'urn:uuid:9f8e7d6c-0b4f-4d5a-9d6f-0a4f7d1c2e3b',
    name: 'Micro-credentials earned in British Columbia',
    publisher: { id: 'did:web:registry.example', name: 'Micro-credential registry' },
    recipient: aSource().recipient,
    credentials,
    partial: true,
    validFrom: '2026-11-28T12:00:00-08:00',
  });

describe('A learner record over several institutions', () => {
  it('holds the credentials as they are, each with its own proof', () => {
    const credentials: [SecuredCredential, SecuredCredential] = [withProof(aSource()), withProof(aSource({}, 40))];
    const record = recordOf(...credentials);
    expect(record).toMatchObject({
      type: ['VerifiableCredential', 'ClrCredential'],
      partial: true,
      credentialSubject: { id: aSource().recipient.did, type: ['ClrSubject'] },
    });
    expect((record.credentialSubject as Record<string, unknown>)['verifiableCredential']).toEqual(credentials);
    expect(record.credentialSubject).not.toHaveProperty('association');
  });

  it('says that a later version replaced an earlier one that was earned too', () => {
    const { microCredential } = catalogue[0]!;
    const record = recordOf(withProof(aSource({ microCredential: { ...microCredential, version: 2 }, previousVersion: 1 })), withProof(aSource()));
    const address = `https://registry.example/micro-credentials/${microCredential.ctid}/versions`;
    expect(record.credentialSubject).toMatchObject({
      association: [{ type: 'Association', associationType: 'replacedBy', sourceId: `${address}/1`, targetId: `${address}/2` }],
    });
  });

  (officialSchemasAreThere ? it : it.skip)('keeps the schema of 1EdTech, whatever it holds (skipped where ../shared/data/1edtech-schemas is not there)', () => {
    fc.assert(
      fc.property(fc.array(anySource, { minLength: 1, maxLength: 3 }), (sources) => {
        expect(officialFaults('learnerRecord', recordOf(...(sources.map(withProof) as [SecuredCredential])))).toEqual([]);
      }),
      { numRuns: 50 },
    );
    expect(officialFaults('learnerRecord', { ...recordOf(withProof(aSource())), credentialSubject: { type: ['ClrSubject'] } })).not.toEqual([]);
  });
});
