const inVancouver = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Vancouver', timeZoneName: 'longOffset', hour: 'numeric', hourCycle: 'h23' });

/** Minutes that British Columbia is ahead of UTC at an instant. */
function offsetAt(instant: number): number {
  const name = inVancouver.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/**
 * The beginning of a day in British Columbia, with the offset of that moment (XSD 1.1 dateTimeStamp, which VCDM 2.0 §4.9 asks for):
 * `2026-10-01` is `2026-10-01T00:00:00-07:00`.
 */
export function startOfDay(day: string): string {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`);
  // Taken twice: on the days when clocks change, UTC's midnight has the offset of the day before.
  const offset = offsetAt(midnightUtc - offsetAt(midnightUtc) * 60_000);
  const ahead = Math.abs(offset);
  return `${day}T00:00:00${offset < 0 ? '-' : '+'}${twoDigits(Math.trunc(ahead / 60))}:${twoDigits(ahead % 60)}`;
}

/** The same instant in UTC, with seconds, and fractions only where there are some. */
export const dateTimeStamp = (instant: string): string => new Date(instant).toISOString().replace('.000Z', 'Z');
