import { z } from 'zod';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Is this text a day that exists in the calendar (`2028-02-29` does, `2027-02-29` does not)? */
export function isCalendarDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const days = month === 2 && isLeapYear(year) ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
  return year >= 1900 && day >= 1 && day <= days;
}

/** A calendar date `YYYY-MM-DD` from 1900 on, without time or zone. */
export const CalendarDate = z.string().refine(isCalendarDate, { error: 'Expected a date that exists, as YYYY-MM-DD.' }).meta({ format: 'date' });

const INSTANT_EXPECTED = 'Expected an instant as ISO 8601 with an offset, such as 2026-10-01T09:00:00-07:00.';

const isInKnownYears = (text: string): boolean => {
  const year = new Date(text).getUTCFullYear();
  return year >= 1900 && year <= 9999;
};

/** An instant as ISO 8601 with an offset, which falls into the years 1900 to 9999 in UTC too: PostgreSQL has no year 0, and ISO 8601 no year 10000. */
export const Instant = z.iso.datetime({ offset: true, abort: true, error: INSTANT_EXPECTED }).refine(isInKnownYears, { error: INSTANT_EXPECTED });

const vancouver = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Vancouver', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day that an instant falls on in British Columbia; "today" anywhere in the registry means this. */
export function dayInBritishColumbia(instant: Date): string {
  return vancouver.format(instant);
}
