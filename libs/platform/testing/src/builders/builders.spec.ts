import { describe, expect, it } from '@jest/globals';
import {
  AwardSnapshot,
  DefineMicroCredential,
  InstitutionSnapshot,
  InviteInstitution,
  PublishAgreement,
  PublishPathway,
  PublishedMicroCredential,
  RevokeAward,
  SubmitAward,
} from '@mcr/contracts';
import { anAgreement } from './agreement.ts';
import { aRevocation, aSubmission, anAwardSnapshot } from './award.ts';
import { anInstitution, anInstitutionSnapshot } from './institution.ts';
import { aMicroCredential, aPublishedMicroCredential } from './micro-credential.ts';
import { aPathway } from './pathway.ts';

describe('what the builders make', () => {
  it.each([
    ['an institution', InviteInstitution.input, anInstitution()],
    ['an institution’s state', InstitutionSnapshot, anInstitutionSnapshot()],
    ['a micro-credential', DefineMicroCredential.input, { ownedBy: 'BCIT', definition: aMicroCredential() }],
    ['a published micro-credential', PublishedMicroCredential, aPublishedMicroCredential()],
    ['a submission', SubmitAward, aSubmission()],
    ['a revocation', RevokeAward, aRevocation('A-1')],
    ['an award’s state', AwardSnapshot, anAwardSnapshot()],
    ['an agreement', PublishAgreement.input, anAgreement()],
    ['a pathway', PublishPathway.input, aPathway()],
  ])('fits the contract: %s', (_, schema, made) => {
    expect(schema.safeParse(made).error?.issues ?? []).toEqual([]);
  });

  it('takes the changes that a test cares about', () => {
    expect(aSubmission({ sourceAwardId: 'A-1' })).toMatchObject({ sourceAwardId: 'A-1', learner: { identifiers: [{ value: 'S-A-1' }] } });
    expect(anInstitution({ code: 'UBC' }).code).toBe('UBC');
  });
});
