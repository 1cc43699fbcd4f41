/** A number of an option. @throws RangeError that names the option. */
export function wholeNumber(text: string, option: string, least = 1): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${option} is a whole number from ${least} on, not "${text}".`);
}
