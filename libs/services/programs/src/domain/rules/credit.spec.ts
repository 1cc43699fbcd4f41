import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWholeNumberOf } from './credit.ts';
import { type Definition, breaches } from '../../testing/definitions.ts';

describe('K1: it says whether it bears credit', () => {
  it.each([true, false])('is met by %s', (isNonCredit) => {
    expect(breaches('K1', { isNonCredit })).toEqual([]);
  });

  it('is broken by silence', () => {
    expect(breaches('K1', { isNonCredit: undefined })).toEqual(['/isNonCredit']);
  });
});

describe('K2: it has a credit value exactly when it bears credit', () => {
  const value = (number: number): Definition['creditValue'] => ({ value: number, creditUnitType: 'SemesterHours' });

  it.each<[string, Partial<Definition>]>([
    ['no credit and no value', { isNonCredit: true, creditValue: undefined }],
    ['no credit and 0', { isNonCredit: true, creditValue: value(0) }],
    ['0.25', { isNonCredit: false, creditValue: value(0.25) }],
    ['19.75', { isNonCredit: false, creditValue: value(19.75) }],
    ['20', { isNonCredit: false, creditValue: value(20) }],
    ['an open question without a value', { isNonCredit: undefined, creditValue: undefined }],
    ['an open question with a good value', { isNonCredit: undefined, creditValue: value(3) }],
  ])('is met by %s', (_what, changes) => {
    expect(breaches('K2', changes)).toEqual([]);
  });

  it.each<[string, Partial<Definition>, string]>([
    ['credit without a value', { isNonCredit: false, creditValue: undefined }, '/creditValue'],
    ['credit of 0', { isNonCredit: false, creditValue: value(0) }, '/creditValue/value'],
    ['a value without credit', { isNonCredit: true, creditValue: value(3) }, '/creditValue/value'],
    ['20.25', { isNonCredit: false, creditValue: value(20.25) }, '/creditValue/value'],
    ['0.1', { isNonCredit: false, creditValue: value(0.1) }, '/creditValue/value'],
    ['a value a hair below a step', { isNonCredit: false, creditValue: value(2.9999999999999996) }, '/creditValue/value'],
    ['a tiny value', { isNonCredit: false, creditValue: value(5e-324) }, '/creditValue/value'],
    ['a step below 0', { isNonCredit: false, creditValue: value(-0.25) }, '/creditValue/value'],
    ['a bad value while the question is open', { isNonCredit: undefined, creditValue: value(0.3) }, '/creditValue/value'],
  ])('is broken by %s', (_what, changes, pointer) => {
    expect(breaches('K2', changes)).toEqual([pointer]);
  });

  it('says both when a value is too large and between two steps', () => {
    expect(breaches('K2', { isNonCredit: false, creditValue: value(20.1) })).toEqual(['/creditValue/value', '/creditValue/value']);
  });

  it('counts steps in integers, whatever the step', () => {
    const hundredths = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(fc.property(hundredths, (number) => expect(isWholeNumberOf(0.01, number / 100)).toBe(true)));
    fc.assert(fc.property(hundredths, (number) => expect(isWholeNumberOf(0.25, number / 100)).toBe(number % 25 === 0)));
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) =>
        expect(isWholeNumberOf(0.25, number)).toBe(Number.isInteger(number * 4) || Math.abs(number) > 1e300),
      ),
    );
  });
});
