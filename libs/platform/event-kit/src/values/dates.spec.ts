import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarDate, Instant, dayInBritishColumbia, isCalendarDate } from './dates.ts';

describe('calendar dates', () => {
  it.each(['2026-10-01', '2028-02-29', '2000-02-29', '1900-01-01', '9999-12-31', '2026-12-31'])('%s exists', (text) => {
    expect(isCalendarDate(text)).toBe(true);
    expect(CalendarDate.parse(text)).toBe(text);
  });

  it.each([
    ['2027-02-29', 'no leap year'],
    ['1900-02-29', 'a century that is no leap year'],
    ['2026-04-31', 'a month of 30 days'],
    ['2026-13-01', 'no such month'],
    ['2026-00-10', 'no such month'],
    ['2026-01-00', 'no such day'],
    ['1899-12-31', 'before 1900'],
    ['0001-01-01', 'before 1900'],
    ['2026-1-1', 'digits missing'],
    ['26-01-01', 'digits missing'],
    ['2026-01-01T00:00:00Z', 'an instant'],
    [' 2026-01-01', 'a space'],
    ['2026-01-01\n', 'a line break'],
    ['２０２６-01-01', 'digits of another script'],
    ['', 'nothing'],
  ])('%j is refused: %s', (text) => {
    expect(isCalendarDate(text)).toBe(false);
    expect(CalendarDate.safeParse(text).success).toBe(false);
  });

  it('are exactly the days that the calendar counts', () => {
    const day = fc.integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2200, 0, 1) / 86_400_000 });
    fc.assert(fc.property(day, (number) => isCalendarDate(new Date(number * 86_400_000).toISOString().slice(0, 10))));
  });
});

describe('instants', () => {
  it.each(['2026-10-01T09:00:00-07:00', '2026-10-01T16:00:00Z', '2026-10-01T16:00:00.123Z', '2028-02-29T23:59:59+14:00'])('%s is one', (text) => {
    expect(Instant.parse(text)).toBe(text);
  });

  it.each([
    ['2026-10-01T09:00:00', 'no offset'],
    ['2026-10-01', 'a day'],
    ['2027-02-29T00:00:00Z', 'a day that does not exist'],
    ['2026-10-01T24:00:00Z', 'an hour that does not exist'],
    ['2026-10-01T09:00:60Z', 'a leap second'],
    ['2026-10-01T09:00:00+25:00', 'an offset that does not exist'],
    ['0000-01-01T00:00:00Z', 'the year 0, which PostgreSQL does not have'],
    ['1899-12-31T23:59:59Z', 'before 1900'],
    ['1900-01-01T00:00:00+01:00', 'before 1900 in UTC'],
    ['9999-12-31T23:59:59-01:00', 'after 9999 in UTC'],
  ])('%s is refused: %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});

describe('the day in British Columbia', () => {
  it.each([
    ['2026-10-01T06:59:59.999Z', '2026-09-30', 'a millisecond before midnight in summer'],
    ['2026-10-01T07:00:00.000Z', '2026-10-01', 'midnight in summer'],
    ['2026-01-01T07:59:59.999Z', '2025-12-31', 'the last moment of a year'],
    ['2026-01-01T08:00:00.000Z', '2026-01-01', 'midnight in winter'],
    ['2024-03-01T07:59:59.000Z', '2024-02-29', 'the end of a leap day'],
    ['2025-03-09T09:59:59.000Z', '2025-03-09', 'the last moment before clocks went forward'],
    ['2025-03-09T10:00:00.000Z', '2025-03-09', 'the first moment after clocks went forward'],
    ['2025-03-10T06:59:59.000Z', '2025-03-09', 'the end of the day of 23 hours'],
    ['2025-03-10T07:00:00.000Z', '2025-03-10', 'the day after it'],
    ['2025-11-02T07:00:00.000Z', '2025-11-02', 'the beginning of the day of 25 hours'],
    ['2025-11-03T07:59:59.000Z', '2025-11-02', 'its 25th hour'],
    ['2025-11-03T08:00:00.000Z', '2025-11-03', 'the day after it'],
  ])('of %s is %s: %s', (instant, day) => {
    expect(dayInBritishColumbia(new Date(instant))).toBe(day);
  });

  it('never runs backwards and always exists', () => {
    const instant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 90_000_000 }), (from, later) => {
        const [day, next] = [dayInBritishColumbia(new Date(from)), dayInBritishColumbia(new Date(from + later))];
        expect(isCalendarDate(day)).toBe(true);
        expect(day <= next).toBe(true);
      }),
    );
  });
});
