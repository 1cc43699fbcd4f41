const DATE_TIME_STAMP = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(2_000 + (year % 400), month, 0)).getUTCDate();

/**
 * Milliseconds of an XML Schema `dateTimeStamp` (VCDM 2.0 §4.9, Data Integrity §2.1): a day that exists, a time, an
 * offset. Undefined for anything else; the year has four digits.
 */
export function instantOf(text: unknown): number | undefined {
  const parts = typeof text === 'string' ? DATE_TIME_STAMP.exec(text)?.slice(1).map(Number) : undefined;
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  const isTime = minute < 60 && second < 60 && (hour < 24 || (hour === 24 && minute === 0 && /T24:00:00(?:\.0+)?[Z+-]/.test(text as string)));
  return isDay && isTime ? Date.parse(text as string) : undefined;
}

/** An instant as the documents of this library write it: UTC, whole seconds. */
export const instantText = (instant: Date): string => `${instant.toISOString().slice(0, 19)}Z`;
