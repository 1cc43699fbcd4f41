import { describe, expect, it } from '@jest/globals';
import { matchLearners, nobody, type KnownLearners, type LearnerClaim } from './match-learners.ts';

/** `pen:1 mail:2` → a claim with these identifiers, in that order. */
const claim = (claimId: string, identifiers: string): LearnerClaim => ({
  claimId,
  newLearnerRef: `new-${claimId}`,
  identifiers: identifiers.split(' ').map((fingerprint) => ({
    fingerprint,
    type: fingerprint.startsWith('pen') ? 'PEN' : fingerprint.startsWith('did') ? 'DID' : fingerprint.startsWith('no') ? 'STUDENT_NUMBER' : 'EMAIL',
  })),
});
const known = (owners: Record<string, string>): KnownLearners => ({
  ownerOf: new Map(Object.entries(owners)),
  penOf: new Map(Object.entries(owners).flatMap(([fingerprint, learner]) => (fingerprint.startsWith('pen') ? [[learner, fingerprint]] : []))),
});
const found = (claims: LearnerClaim[], who: KnownLearners = nobody) => {
  const { matches, ownerOf } = matchLearners(claims, who);
  return {
    of: Object.fromEntries([...matches].map(([id, { learnerRef, ambiguous }]) => [id, ambiguous ? `${learnerRef}?` : learnerRef])),
    owners: Object.fromEntries(ownerOf),
  };
};

describe('Finding a learner', () => {
  it('makes a new one when no identifier is known, with all of them', () => {
    expect(found([claim('a', 'pen:1 mail:1')])).toEqual({ of: { a: 'new-a' }, owners: { 'pen:1': 'new-a', 'mail:1': 'new-a' } });
  });

  it('believes the first known identifier and adds the unknown ones', () => {
    expect(found([claim('a', 'did:1 pen:1 no:1 mail:1')], known({ 'no:1': 'ana' }))).toEqual({
      of: { a: 'ana' },
      owners: { 'did:1': 'ana', 'pen:1': 'ana', 'mail:1': 'ana' },
    });
  });

  it('leaves an identifier with the learner it belongs to, and says so', () => {
    expect(found([claim('a', 'pen:1 mail:1')], known({ 'pen:1': 'ana', 'mail:1': 'bo' }))).toEqual({ of: { a: 'ana?' }, owners: {} });
  });

  it('never takes two PENs for one person, although the student number agrees', () => {
    expect(found([claim('a', 'pen:2 no:1')], known({ 'pen:1': 'ana', 'no:1': 'ana' }))).toEqual({ of: { a: 'new-a?' }, owners: { 'pen:2': 'new-a' } });
  });

  it('takes a student number for the learner who has that PEN', () => {
    expect(found([claim('a', 'pen:1 no:9')], known({ 'pen:1': 'ana' })).of).toEqual({ a: 'ana' });
  });

  it('sees what an earlier record of the same group added', () => {
    expect(found([claim('a', 'no:1'), claim('b', 'pen:1 no:1'), claim('c', 'pen:2 no:1'), claim('d', 'pen:1')])).toEqual({
      of: { a: 'new-a', b: 'new-a', c: 'new-c?', d: 'new-a' },
      owners: { 'no:1': 'new-a', 'pen:1': 'new-a', 'pen:2': 'new-c' },
    });
  });
});
