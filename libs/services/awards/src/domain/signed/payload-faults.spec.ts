import { describe, expect, it } from '@jest/globals';
import type { SubmitAward } from '@mcr/contracts';
import { aSubmission } from '@mcr/testing';
import { payloadFaults } from './payload-faults.ts';
import { resultsIn } from './said-results.ts';
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

describe('The results of a signed credential and of its record', () => {
  const described = (id: string, resultType: string) => ({ id, type: ['ResultDescription'], name: 'Result', resultType });
  const achievement = { id: 'a', resultDescription: [described('#percent', 'Percent'), described('#letter', 'LetterGrade'), described('#own', 'ext:Stars')] };
  const saying = (result: unknown, sent: SubmitAward['result']) => differing({ results: resultsIn({ achievement, result }) }, { result: sent });
  const [percent, letter] = [{ resultType: 'Percent', value: '51' } as const, { resultType: 'LetterGrade', value: 'C', status: 'Completed' } as const];
  const competency = { type: ['Result'], status: 'Completed', alignment: [{ targetName: 'Welds' }] };

  it.each<[string, unknown, SubmitAward['result']]>([
    ['the same one', [{ resultDescription: '#percent', value: '51' }], [percent]],
    ['the same one, without a list around it', { resultDescription: '#percent', value: '51' }, [percent]],
    [
      'the same ones in another order',
      [
        { resultDescription: '#letter', value: 'C', status: 'Completed' },
        { resultDescription: '#percent', value: '51' },
      ],
      [percent, letter],
    ],
    ['one whose kind the badge does not say', [{ value: '51' }], [percent]],
    ['one whose kind is of the institution’s making', [{ resultDescription: '#own', value: '4' }], [{ resultType: 'Result', value: '4' }]],
    [
      'two that differ in their kind alone, of which the badge says one',
      [{ value: '4' }, { resultDescription: '#percent', value: '4' }],
      [
        { resultType: 'Percent', value: '4' },
        { resultType: 'RawScore', value: '4' },
      ],
    ],
    ['the same one, beside a competency that was shown', [competency, { resultDescription: '#percent', value: '51' }], [percent]],
    ['none in the badge, which need not show a grade', undefined, [percent]],
    ['a competency alone in the badge', [competency], [percent]],
    ['none in the record, which need not repeat it', [{ resultDescription: '#percent', value: '51' }], undefined],
    ['none in the record, in other words', [{ resultDescription: '#percent', value: '51' }], []],
    ['none in either', [], undefined],
  ])('say the same: %s', (_, said, sent) => expect(saying(said, sent)).toEqual([]));

  it.each<[string, unknown, SubmitAward['result'], string[]]>([
    ['the value', [{ resultDescription: '#percent', value: '99' }], [percent], ['/0']],
    ['the value, without a list around it', { resultDescription: '#percent', value: '99' }, [percent], ['']],
    ['the kind', [{ resultDescription: '#letter', value: '51' }], [percent], ['/0']],
    ['the status', [{ resultDescription: '#letter', value: 'C', status: 'Failed' }], [letter], ['/0']],
    ['a status that the record does not have', [{ resultDescription: '#percent', value: '51', status: 'Completed' }], [percent], ['/0']],
    ['a number for a text', [{ resultDescription: '#percent', value: 51 }], [percent], ['/0']],
    ['what is no result', ['51', null], [percent], ['/0']],
    ['one too many', [competency, { value: '51' }, { value: '51' }], [percent], ['/2']],
    ['one too few', [{ value: '51' }], [percent, letter], ['']],
    ['all of several', [{ value: '1' }, { resultDescription: '#letter', value: 'A' }], [percent, letter], ['/0', '/1']],
  ])('differ in %s', (_, said, sent, paths) => expect(saying(said, sent)).toEqual(paths.flatMap((path) => mismatch(`credentialSubject/result${path}`))));
});
