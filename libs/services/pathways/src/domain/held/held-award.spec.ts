import { describe, expect, it } from '@jest/globals';
import { type HeldAward, awardsInQuestion, completionsOn, statusOn } from './held-award.ts';

const award: HeldAward = {
  award: 'urn:uuid:a',
  microCredential: 'ce-a',
  awardedOn: '2026-05-01',
  validFrom: null,
  validUntil: null,
  revokedAt: null,
  isKnown: true,
};
const at = (text: string) => new Date(text);

describe('A held award', () => {
  it.each<[string, Partial<HeldAward>, string, string]>([
    ['without dates, on its day', {}, '2026-05-01', 'ACTIVE'],
    ['without dates, the day before', {}, '2026-04-30', 'SCHEDULED'],
    ['without dates, long after', {}, '2099-01-01', 'ACTIVE'],
    ['on the day on which it begins, late in the evening', { validFrom: at('2026-06-02T06:30:00Z') }, '2026-06-01', 'ACTIVE'],
    ['the day before it begins', { validFrom: at('2026-06-02T06:30:00Z') }, '2026-05-31', 'SCHEDULED'],
    ['that counts from before its day', { validFrom: at('2026-04-01T07:00:00Z') }, '2026-04-02', 'ACTIVE'],
    ['on the last day before it ends at midnight', { validUntil: at('2026-08-01T00:00:00-07:00') }, '2026-07-31', 'ACTIVE'],
    ['on the day that begins with its end', { validUntil: at('2026-08-01T00:00:00-07:00') }, '2026-08-01', 'EXPIRED'],
    ['whose end is written in London', { validUntil: at('2026-08-01T06:59:59Z') }, '2026-07-31', 'EXPIRED'],
    ['the day before it was revoked', { revokedAt: at('2026-08-02T06:00:00Z') }, '2026-07-31', 'ACTIVE'],
    ['on the day on which it was revoked', { revokedAt: at('2026-08-02T06:00:00Z') }, '2026-08-01', 'REVOKED'],
    ['revoked after it ended', { validUntil: at('2026-07-01T07:00:00Z'), revokedAt: at('2026-08-01T07:00:00Z') }, '2026-09-01', 'REVOKED'],
    ['revoked before it begins', { validFrom: at('2027-01-01T08:00:00Z'), revokedAt: at('2026-08-01T07:00:00Z') }, '2026-09-01', 'REVOKED'],
  ])('%s', (_what, changes, day, status) => {
    expect(statusOn({ ...award, ...changes }, day)).toBe(status);
    expect(awardsInQuestion([{ ...award, ...changes }], day)).toEqual([{ award: 'urn:uuid:a', microCredential: 'ce-a', completedOn: '2026-05-01', status }]);
  });

  it('is told to the engine with its id, its end and whether it was revoked', () => {
    const ended = { ...award, validUntil: at('2026-07-01T12:00:00-07:00') };
    const revoked = { ...award, revokedAt: at('2026-06-15T19:00:00Z') };
    const known = { award: 'urn:uuid:a', microCredential: 'ce-a', completedOn: '2026-05-01' };
    expect(completionsOn([award, ended, revoked], '2026-09-01')).toEqual([
      { ...known, status: 'ACTIVE' },
      { ...known, status: 'ACTIVE', expiresOn: '2026-07-01' },
      { ...known, status: 'REVOKED' },
    ]);
  });

  it.each([
    ['on its own day', '2026-05-01T23:00:00-07:00'],
    ['before its day, having counted from an earlier one on', '2026-04-30T23:00:00-07:00'],
  ])('that ends %s is told as expired from the next day on', (_when, validUntil) => {
    const ended = { ...award, validFrom: at('2026-04-01T07:00:00Z'), validUntil: at(validUntil) };
    expect(completionsOn([ended], '2026-09-01')).toMatchObject([{ completedOn: '2026-05-01', expiresOn: '2026-05-02' }]);
  });

  it('is not told before it begins, nor while nobody here has heard of its micro-credential', () => {
    expect(completionsOn([award], '2026-04-30')).toEqual([]);
    expect(completionsOn([{ ...award, isKnown: false }], '2026-09-01')).toEqual([]);
  });
});
