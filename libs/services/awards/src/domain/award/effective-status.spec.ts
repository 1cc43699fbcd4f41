import { describe, expect, it } from '@jest/globals';
import { effectiveStatus } from './effective-status.ts';

const at = (text: string) => new Date(text);
const noon = at('2026-06-01T12:00:00Z');
const before = at('2026-06-01T11:59:59.999Z');
const after = at('2026-06-01T12:00:00.001Z');

describe('The effective status of an award', () => {
  it.each([
    ['has no dates', {}, 'ACTIVE'],
    ['begins at this very instant', { validFrom: noon }, 'ACTIVE'],
    ['begins a millisecond later', { validFrom: after }, 'SCHEDULED'],
    ['ends a millisecond later', { validUntil: after }, 'ACTIVE'],
    ['ends at this very instant', { validUntil: noon }, 'EXPIRED'],
    ['was revoked at this very instant', { revokedAt: noon }, 'REVOKED'],
    ['is revoked only later', { revokedAt: after }, 'ACTIVE'],
    ['was revoked before it began', { revokedAt: before, validFrom: after }, 'REVOKED'],
    ['was revoked after it ended', { revokedAt: before, validUntil: before }, 'REVOKED'],
    ['was awarded on this very day', { awardedDate: '2026-06-01' }, 'ACTIVE'],
    ['is awarded on the next day', { awardedDate: '2026-06-02' }, 'SCHEDULED'],
    ['counts from before its day', { awardedDate: '2026-06-02', validFrom: before }, 'ACTIVE'],
  ])('of one that %s is right', (_, dates, status) => {
    expect(effectiveStatus(dates, noon)).toBe(status);
  });

  it('begins with the awarded day as it is in British Columbia', () => {
    const asOf = ['2026-06-01T06:59:59Z', '2026-06-01T07:00:00Z'].map(at);
    expect(asOf.map((instant) => effectiveStatus({ awardedDate: '2026-06-01' }, instant))).toEqual(['SCHEDULED', 'ACTIVE']);
  });

  it('answers for the past as well as for now', () => {
    const award = { validFrom: at('2026-01-01T00:00:00Z'), validUntil: at('2027-01-01T00:00:00Z'), revokedAt: at('2026-09-01T00:00:00Z') };
    const asOf = ['2025-12-31T23:59:59Z', '2026-08-31T00:00:00Z', '2026-09-02T00:00:00Z', '2028-01-01T00:00:00Z'].map(at);
    expect(asOf.map((instant) => effectiveStatus(award, instant))).toEqual(['SCHEDULED', 'ACTIVE', 'REVOKED', 'REVOKED']);
  });
});
