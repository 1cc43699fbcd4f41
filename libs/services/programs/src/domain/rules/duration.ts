import type { MicroCredentialDraft } from '@mcr/contracts';
import type { Breach, Check } from './rule-set.ts';

const DURATION = /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?)$/;
const MINUTES = { week: 7 * 24 * 60, day: 24 * 60, hour: 60 };

/** An ISO 8601 duration in minutes. A day is 24 hours and a week seven days: P12D is as long as PT288H. */
export function minutesOf(duration: string): number {
  const [, weeks = 0, days = 0, hours = 0, minutes = 0] = DURATION.exec(duration) ?? [];
  return Number(weeks) * MINUTES.week + Number(days) * MINUTES.day + Number(hours) * MINUTES.hour + Number(minutes);
}

/** The hours of a definition: as stated, or else as its exact duration says. Undefined when it says neither. */
export function hoursOf({ totalHours, exactDuration }: MicroCredentialDraft): number | undefined {
  return totalHours ?? (exactDuration === undefined ? undefined : minutesOf(exactDuration) / MINUTES.hour);
}

/**
 * More than nothing and less than the limit, in hours and in exact duration. Either may be left out, not both;
 * when both are given they agree to the minute.
 */
export const duration =
  ({ lessThanHours }: { readonly lessThanHours: number }): Check =>
  (definition) => {
    const { totalHours, exactDuration } = definition;
    if (hoursOf(definition) === undefined) return [{ pointer: '/totalHours', message: 'The total hours are missing.' }];
    const isInside = (hours: number): boolean => hours > 0 && hours < lessThanHours;
    const allowed = `not more than 0 and less than ${lessThanHours} hours`;
    const breaches: Breach[] = [];
    if (totalHours !== undefined && !isInside(totalHours)) breaches.push({ pointer: '/totalHours', message: `${totalHours} is ${allowed}.` });
    if (exactDuration !== undefined && !isInside(minutesOf(exactDuration) / MINUTES.hour)) {
      breaches.push({ pointer: '/exactDuration', message: `${exactDuration} is ${allowed}.` });
    }
    return breaches.length > 0 ? breaches : disagreement(definition);
  };

function disagreement({ totalHours, exactDuration }: MicroCredentialDraft): Breach[] {
  if (totalHours === undefined || exactDuration === undefined) return [];
  if (Math.abs(totalHours * MINUTES.hour - minutesOf(exactDuration)) < 1) return [];
  return [{ pointer: '/exactDuration', message: `${exactDuration} is not as long as the ${totalHours} total hours.` }];
}
