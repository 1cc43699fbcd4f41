import { describe, expect, it } from '@jest/globals';
import { type Consent, expiryFaults, mayAsk, shownToLearner, snapshotOf, statusAt, withdrawn, yearLater } from './consent.ts';

const at = (text: string) => new Date(text);
const now = at('2026-11-28T20:00:00Z');

const consent: Consent = {
  consentId: '0f6b2a4d-9c31-4e7a-b5d8-6a7c8e9f0b12',
  learnerRef: '5c1e7a90-3d4f-4b2a-8e61-7f0d9c8b7a65',
  awards: undefined,
  audience: { kind: 'ADVISOR', advisor: 'ana' },
  purpose: 'ADMISSION',
  grantedAt: at('2026-11-01T00:00:00Z'),
  expiresAt: at('2027-03-01T08:00:00Z'),
  status: 'GRANTED',
};
const ofUbc: Consent = { ...consent, audience: { kind: 'ADVISORS_OF_INSTITUTION', institutionCtid: 'ce-ubc' } };
const ana = { subject: 'ana', institutionCtid: undefined };
const bo = { subject: 'bo', institutionCtid: 'ce-ubc' };

describe('A consent', () => {
  it('lets the advisor ask whom it names, wherever that one works', () => {
    expect([mayAsk(consent, ana, now), mayAsk(consent, { ...ana, institutionCtid: 'ce-sfu' }, now), mayAsk(consent, bo, now)]).toEqual([true, true, false]);
  });

  it('lets every advisor of its institution ask, and nobody of no institution', () => {
    expect([mayAsk(ofUbc, bo, now), mayAsk(ofUbc, { ...bo, institutionCtid: 'ce-sfu' }, now), mayAsk(ofUbc, ana, now)]).toEqual([true, false, false]);
  });

  it('holds until the very instant at which it expires, on whatever clock that was written', () => {
    const until = { ...consent, expiresAt: at('2027-03-01T00:00:00-08:00') };
    expect(mayAsk(until, ana, at('2027-03-01T07:59:59.999Z'))).toBe(true);
    expect(mayAsk(until, ana, at('2027-03-01T08:00:00Z'))).toBe(false);
    expect(mayAsk(until, ana, at('2027-03-01T03:00:00-05:00'))).toBe(false);
    expect(statusAt(until, at('2027-03-01T08:00:00Z'))).toBe('EXPIRED');
  });

  it('never holds again once it was withdrawn, and was withdrawn once', () => {
    const ended = withdrawn(consent, now);
    expect(mayAsk(ended, ana, now)).toBe(false);
    expect(statusAt(ended, at('2030-01-01T00:00:00Z'))).toBe('WITHDRAWN');
    expect(withdrawn(ended, at('2026-12-01T00:00:00Z'))).toBe(ended);
  });

  it('tells its learner who the advisor is, and its events do not', () => {
    expect(shownToLearner(consent, now)).toMatchObject({ scope: 'ALL', audience: { advisor: 'ana' }, status: 'GRANTED' });
    expect(snapshotOf(consent)).toMatchObject({ audience: { kind: 'ADVISOR' }, learnerRef: consent.learnerRef });
    expect(JSON.stringify(snapshotOf(withdrawn({ ...consent, awards: ['urn:uuid:a'] }, now)))).not.toContain('ana');
    expect(JSON.stringify(shownToLearner(consent, now))).not.toContain(consent.learnerRef);
  });
});

describe('The end of a consent', () => {
  const midday = at('2026-06-15T19:00:00Z');
  const codes = (expiresAt: string, given = midday) => expiryFaults('consent', at(expiresAt), given).map(({ code }) => code);

  it.each([
    ['a moment ago', '2026-06-15T18:59:59.999Z', ['EXPIRES_IN_PAST']],
    ['now', '2026-06-15T19:00:00Z', ['EXPIRES_IN_PAST']],
    ['in a moment', '2026-06-15T19:00:00.001Z', []],
    ['the last moment of the same day a year later', '2027-06-15T23:59:59.999-07:00', []],
    ['the same moment, written in Toronto', '2027-06-16T02:59:59.999-04:00', []],
    ['a moment after that day', '2027-06-16T00:00:00-07:00', ['EXPIRES_TOO_LATE']],
    ['a moment after that day, written in Tokyo', '2027-06-16T16:00:00+09:00', ['EXPIRES_TOO_LATE']],
    ['in the year 9999', '9999-12-31T00:00:00Z', ['EXPIRES_TOO_LATE']],
  ])('%s is judged rightly', (_what, expiresAt, expected) => {
    expect(codes(expiresAt)).toEqual(expected);
  });

  it('counts the year from the day that it is in British Columbia, not in London', () => {
    const evening = at('2026-06-16T06:30:00Z');
    expect(codes('2027-06-16T06:59:59Z', evening)).toEqual([]);
    expect(codes('2027-06-16T07:00:00Z', evening)).toEqual(['EXPIRES_TOO_LATE']);
  });

  it.each([
    ['2026-11-28', '2027-11-28'],
    ['2027-03-01', '2028-03-01'],
    ['2028-02-29', '2029-02-28'],
    ['2027-02-28', '2028-02-28'],
  ])('a year after %s is %s', (day, later) => {
    expect(yearLater(day)).toBe(later);
  });
});
