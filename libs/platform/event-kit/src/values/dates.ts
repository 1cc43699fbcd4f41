import { z } from 'zod';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Is this text a day that exists in the calendar (`2028-02-29` does, `2027-02-29` does not)? */
export function isCalendarDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
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
