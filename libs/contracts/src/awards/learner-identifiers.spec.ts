import { describe, expect, it } from '@jest/globals';
import { isEmailAddress, isPersonalEducationNumber, penCheckDigit } from './learner-identifiers.ts';

describe('a Personal Education Number', () => {
  it.each(['746282656', '120164447'])('is taken with its check digit (%s)', (pen) => {
    expect(isPersonalEducationNumber(pen)).toBe(true);
  });

  it.each(['746282655', '12016444', '1201644470', '000000000', '12016444A', ' 120164447', ''])('is refused otherwise (%j)', (pen) => {
    expect(isPersonalEducationNumber(pen)).toBe(false);
  });

  it('has exactly one check digit for any eight digits', () => {
    for (let number = 0; number < 5000; number += 7) {
      const eight = String(number * 19_997 + 1)
        .padStart(8, '0')
        .slice(-8);
      const valid = [...'0123456789'].filter((digit) => isPersonalEducationNumber(eight + digit));
      expect(valid).toEqual([String(penCheckDigit(eight))]);
    }
  });
});

describe('an e-mail address', () => {
  it.each(['learner@example.org', 'a.b+c@mail.example.ca', "o'neil@example.org"])('is taken as RFC 5321 has it (%s)', (address) => {
    expect(isEmailAddress(address)).toBe(true);
  });

  it.each([
    '',
    '@',
    'learner',
    'learner@',
    '@example.org',
    'a..b@example.org',
    '.a@example.org',
    'a b@example.org',
    'a@example',
    'a@-x.org',
    `${'a'.repeat(65)}@example.org`,
    'é@example.org',
  ])('is refused otherwise (%j)', (address) => {
    expect(isEmailAddress(address)).toBe(false);
  });
});
