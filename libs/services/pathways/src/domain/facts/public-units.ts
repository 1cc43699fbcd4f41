/** Hundredths of a credit, of a dollar, of a percentage point: what the engine counts in. */
export const hundredths = (value: number): number => Math.round(value * 100);

/** A number in the public unit. */
export const fromHundredths = (value: number): number => value / 100;

/** So many hundredths and no more: a learner's grade never becomes better by rounding, nor a budget larger. */
export const wholeHundredths = (value: number): number => Math.floor(value * 100 + 1e-6);

/** Courses and subjects are the same in any case and spacing. */
export const folded = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toUpperCase();
