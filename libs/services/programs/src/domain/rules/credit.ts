import type { Breach, Check } from './rule-set.ts';

/** Says whether it bears credit. */
export const creditQuestion: Check = ({ isNonCredit }) =>
  isNonCredit === undefined ? [{ pointer: '/isNonCredit', message: 'It is not said whether it bears credit.' }] : [];

/** A decimal number exactly: `units` of ten to the power of `exponent`, from the shortest digits that mean this double. */
function exactly(value: number): { units: bigint; exponent: number } {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const fraction = digits.split('.')[1] ?? '';
  return { units: BigInt(digits.replace('.', '')), exponent: Number(exponent) - fraction.length };
}

/** Whether a value is a whole number of steps, in integers: 0.7 is seven steps of 0.1, which doubles deny. Both are finite. */
export function isWholeNumberOf(step: number, value: number): boolean {
  const [a, b] = [exactly(value), exactly(step)];
  const lowest = Math.min(a.exponent, b.exponent);
  const scaled = ({ units, exponent }: typeof a) => units * 10n ** BigInt(exponent - lowest);
  return scaled(a) % scaled(b) === 0n;
}

/**
 * Credit exactly when it bears credit: then more than nothing, in whole steps, at most the maximum.
 * While it is open whether it bears credit, only the number itself is judged.
 */
export const creditValue =
  ({ step, max }: { readonly step: number; readonly max: number }): Check =>
  ({ isNonCredit, creditValue: credit }) => {
    const pointer = '/creditValue/value';
    if (credit === undefined) return isNonCredit === false ? [{ pointer: '/creditValue', message: 'It bears credit, but no credit value is given.' }] : [];
    const { value } = credit;
    const breaches: Breach[] = [];
    if (isNonCredit === true && value > 0) breaches.push({ pointer, message: 'It bears no credit, but has a credit value.' });
    if (isNonCredit === false && value === 0) breaches.push({ pointer, message: 'It bears credit, but its credit value is 0.' });
    if (value < 0) breaches.push({ pointer, message: 'The credit value is below 0.' });
    if (value > max) breaches.push({ pointer, message: `The credit value is above ${max}.` });
    if (!isWholeNumberOf(step, value)) breaches.push({ pointer, message: `The credit value is not a multiple of ${step}.` });
    return breaches;
  };
