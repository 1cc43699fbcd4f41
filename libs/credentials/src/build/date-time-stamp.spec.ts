import { describe, expect, it } from '@jest/globals';
import { dateTimeStamp, startOfDay } from './date-time-stamp.ts';

describe('The beginning of a day in British Columbia', () => {
  it.each([
    ['2025-07-01', '2025-07-01T00:00:00-07:00'],
    ['2025-01-01', '2025-01-01T00:00:00-08:00'],
    ['2024-02-29', '2024-02-29T00:00:00-08:00'],
    // Clocks change at two in the morning: the day begins with the offset of the day before.
    ['2025-03-09', '2025-03-09T00:00:00-08:00'],
    ['2025-03-10', '2025-03-10T00:00:00-07:00'],
    ['2025-11-02', '2025-11-02T00:00:00-07:00'],
    ['2025-11-03', '2025-11-03T00:00:00-08:00'],
  ])('of %s is %s', (day, instant) => {
    expect(startOfDay(day)).toBe(instant);
  });
});

describe('An instant in a credential', () => {
  it.each([
    ['2026-12-24T09:00Z', '2026-12-24T09:00:00Z'],
    ['2026-12-24T09:00:00.250+05:30', '2026-12-24T03:30:00.250Z'],
  ])('%s is written in UTC and with seconds', (given, written) => {
    expect(dateTimeStamp(given)).toBe(written);
  });
});
