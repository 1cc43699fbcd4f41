const DAY = 86_400_000;
/** The demonstration ends here, so that it is the same in every later year. */
const END_OF_THE_DEMONSTRATION = '2026-10-31';

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const dateOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

/** The last day on which a demonstration award may be dated: never in the future of the machine's clock. */
export const lastAwardDay = (today: string): string => (today < END_OF_THE_DEMONSTRATION ? today : END_OF_THE_DEMONSTRATION);

/** The day at a fraction of the way from one day to another; none when the way is empty. */
export function somewhereBetween(first: string, last: string, fraction: number): string | undefined {
  if (last < first) return undefined;
  return dateOf(dayNumber(first) + Math.floor(fraction * (dayNumber(last) - dayNumber(first) + 1)));
}

/** The same day of a later year; 1 March where that year has no 29 February. */
export function yearsLater(date: string, years: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year + years, month - 1, day)).toISOString().slice(0, 10);
}
