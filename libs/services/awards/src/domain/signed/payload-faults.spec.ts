import { describe, expect, it } from '@jest/globals';
import type { SubmitAward } from '@mcr/contracts';
import { aSubmission } from '@mcr/testing';
import { payloadFaults } from './payload-faults.ts';
import type { SaidOfAward } from './signed-credential.ts';

const ctid = 'ce-2f1d7c8e-5b4a-4e9f-8a3c-1b2d3e4f5a6b';
const day = { awardedDate: '2026-06-15T00:00:00-07:00', validFrom: '2026-06-15T00:00:00-07:00' };
const differing = (says: SaidOfAward, sent: Partial<SubmitAward> = {}, known: { version?: number } = { version: 2 }) =>
  payloadFaults(
    { credentialId: 'urn:uuid:1', verificationMethod: 'k', hash: 'h', document: '{}', says: { microCredential: { ctid }, ...day, ...says } },
    aSubmission({ microCredentialCtid: ctid, awardedDate: '2026-06-15', ...sent }),
    known.version,
  ).map(({ code, pointer }) => `${code} ${pointer}`);
const mismatch = (member: string) => [`PAYLOAD_MISMATCH /signedCredential/${member}`];

describe('A signed credential and its record', () => {
  it.each<[string, SaidOfAward, Partial<SubmitAward>]>([
    ['the same day, at its last moment in British Columbia', { awardedDate: '2026-06-16T06:59:59Z', validFrom: '2026-06-16T06:59:59.999Z' }, {}],
    ['the version that the award is of', { microCredential: { ctid, version: 2 } }, {}],
    [
      'the same instants in other words',
      { validFrom: '2026-07-01T07:00:00.000Z', validUntil: '2027-07-01T07:00:00Z' },
      { validFrom: '2026-07-01T00:00:00-07:00', validUntil: '2027-07-01T00:00:00-07:00' },
    ],
    ['the same credits', { creditsEarned: 1.5 }, { creditsEarned: 1.5 }],
    ['one of the learner’s DIDs', { learnerId: 'did:example:a' }, { learner: { identifiers: [{ type: 'DID', value: 'did:example:a' }] } }],
    ['a learner whom the record knows otherwise', { learnerId: 'did:example:a' }, {}],
  ])('say the same: %s', (_, says, sent) => expect(differing(says, sent)).toEqual([]));

  it.each<[string, SaidOfAward, Partial<SubmitAward>, string]>([
    ['no micro-credential', { microCredential: undefined }, {}, 'credentialSubject/achievement/id'],
    ['another version', { microCredential: { ctid, version: 3 } }, {}, 'credentialSubject/achievement/id'],
    ['the day after', { awardedDate: '2026-06-16T07:00:00Z' }, {}, 'awardedDate'],
    ['a day without a time', { awardedDate: '2026-06-15' }, {}, 'awardedDate'],
    ['a number for a day', { awardedDate: 20260615 }, {}, 'awardedDate'],
    ['a day that does not exist', { awardedDate: '2026-06-31T00:00:00Z' }, {}, 'awardedDate'],
    ['a validity that begins later', { validFrom: '2026-06-17T00:00:00Z' }, {}, 'validFrom'],
    ['no beginning of the validity', { validFrom: undefined }, {}, 'validFrom'],
    ['a millisecond later', { validFrom: '2026-07-01T00:00:00.001Z' }, { validFrom: '2026-07-01T00:00:00Z' }, 'validFrom'],
    ['an end where the record has none', { validUntil: '2027-07-01T00:00:00Z' }, {}, 'validUntil'],
    ['no end where the record has one', {}, { validUntil: '2027-07-01T00:00:00Z' }, 'validUntil'],
    ['credits where the record has none', { creditsEarned: 0 }, {}, 'credentialSubject/creditsEarned'],
    ['credits in words', { creditsEarned: '3' }, { creditsEarned: 3 }, 'credentialSubject/creditsEarned'],
    ['another learner', { learnerId: 'did:example:b' }, { learner: { identifiers: [{ type: 'DID', value: 'did:example:a' }] } }, 'credentialSubject/id'],
  ])('differ in %s', (_, says, sent, member) => expect(differing(says, sent)).toEqual(mismatch(member)));

  it('are compared without the version while that is not known', () => {
    expect(differing({ microCredential: { ctid, version: 7 } }, {}, {})).toEqual([]);
  });
});
