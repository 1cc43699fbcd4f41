/**
 * A calendar day as an integer: days since 1970-01-01. Terms of time are half-open: from a day, until the day after the last.
 * A day has no time zone; whoever asks says which day it is.
 */
export type Day = number;

const MS_A_DAY = 86_400_000;

/** `'2026-02-28'` → 20512. @throws RangeError when the text is no day of the calendar. */
export function dayOf(text: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) throw new RangeError(`${text} is no day of the calendar.`);
  return ms / MS_A_DAY;
}

/** The day as text, `YYYY-MM-DD`. */
export const textOfDay = (day: Day): string => new Date(day * MS_A_DAY).toISOString().slice(0, 10);

/** The same day of the month so many months later, or the month's last day where it has no such day: 31 January + 1 is 28 or 29 February. */
export function monthsAfter(day: Day, months: number): Day {
  const date = new Date(day * MS_A_DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / MS_A_DAY;
}

/** Whether a day lies in a half-open term; an end of null is open. */
export const isWithin = (day: Day, from: Day, until: Day | null): boolean => day >= from && (until === null || day < until);
