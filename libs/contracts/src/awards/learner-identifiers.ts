const NINE_DIGITS = /^\d{9}$/;
const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

const digitSum = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0);

/**
 * The ninth digit of a B.C. Personal Education Number, from the eight before it: the digits at odd places are added up;
 * those at even places, read as one number, are doubled and its digits are added; the check digit fills up to the next ten.
 */
export function penCheckDigit(eightDigits: string): number {
  const at = (...places: number[]) => places.map((place) => eightDigits[place - 1]).join('');
  return (10 - ((digitSum(at(1, 3, 5, 7)) + digitSum(String(2 * Number(at(2, 4, 6, 8))))) % 10)) % 10;
}

/** Nine digits, not all zero, of which the last is the check digit. Says nothing about whether somebody holds the number. */
export const isPersonalEducationNumber = (text: string): boolean =>
  NINE_DIGITS.test(text) && text !== '000000000' && penCheckDigit(text.slice(0, 8)) === Number(text[8]);

/** An address as RFC 5321 allows it in mail, with a dot-string before the @ and a domain name of two labels or more after it. */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || text.length > 254 || local.length > 64) return false;
  const labels = domain.split('.');
  return local.split('.').every((atom) => ATOM.test(atom)) && labels.length >= 2 && labels.every((label) => label.length <= 63 && LABEL.test(label));
}
