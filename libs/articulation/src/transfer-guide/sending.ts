const NUMBER = /^(?:([A-Z][A-Z&]{1,7}) )?(\d{2,4}[A-Z]?)$/i;
const TOGETHER = / ?(?:[&+]|\band\b) ?/i;

/**
 * The coded notations that a row sends: "125" of HIST, "110 & 111" together, "110 + ENGL 111" of two subjects. Undefined when the number is
 * anything else, as a choice between numbers.
 */
export function sendingCourses(subject: string, number: string): string[] | undefined {
  if (!/^[A-Z][A-Z&]{1,7}$/i.test(subject)) return undefined;
  const parts = number.split(TOGETHER).map((part) => NUMBER.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  const courses = parts.map((part) => `${part![1] ?? subject} ${part![2]}`.toUpperCase());
  return new Set(courses).size === courses.length ? courses : undefined;
}
