import { isWithin, monthsAfter, textOfDay, type Day } from '../facts/day.ts';
import type { Agreement, TransferFrom } from '../facts/agreement.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import type { Grade } from '../facts/measures.ts';

/** A usable completion: one that is held, or one that is planned. */
export interface Proof {
  readonly microCredential: string;
  readonly unit: string;
  readonly completedOn: Day;
  readonly grade?: Grade;
  readonly expiresOn?: Day;
  readonly planned: boolean;
}

/** Which unit a micro-credential is of: that of its `sameAs` text, or its own. */
export function unitsOf(facts: Facts): (microCredential: string) => string {
  const sameAs = new Map(facts.microCredentials.map((known) => [known.id, known.sameAs]));
  return (microCredential) => {
    const text = sameAs.get(microCredential);
    return text === undefined ? `one ${microCredential}` : `same ${text}`;
  };
}

/** The usable completions of a situation; what is planned is one on the day of asking, without grade or expiry. */
export function proofsOf(situation: Situation, unitOf: (microCredential: string) => string): readonly Proof[] {
  const { held, planned = [], asOf } = situation;
  const active = held.filter((completion) => (completion.status ?? 'ACTIVE') === 'ACTIVE' && completion.completedOn <= asOf);
  return [
    ...active.map(({ microCredential, completedOn, grade, expiresOn }) => {
      return { microCredential, unit: unitOf(microCredential), completedOn, grade, expiresOn, planned: false };
    }),
    ...planned.map((microCredential) => ({ microCredential, unit: unitOf(microCredential), completedOn: asOf, planned: true })),
  ];
}

/** Whether a completion has not expired by a day. */
export const isUnexpired = (proof: Proof, asOf: Day): boolean => proof.expiresOn === undefined || proof.expiresOn > asOf;

/** Whether a completion is recent enough on a day. */
export const isYoung = (proof: Proof, asOf: Day, maxAgeMonths: number | undefined): boolean =>
  maxAgeMonths === undefined || asOf <= monthsAfter(proof.completedOn, maxAgeMonths);

/** Whether a completion is within limits of the grade; what is planned is within all, and what is held without a grade only where none is said. */
export function hasGrade(proof: Proof, min: Grade | undefined, max?: Grade): boolean {
  if (proof.planned || (min === undefined && max === undefined)) return true;
  return proof.grade !== undefined && proof.grade >= (min ?? -Infinity) && proof.grade <= (max ?? Infinity);
}

/** Whether a completion is one of this thing that an agreement asks for, in all that the agreement says. */
export const gives = (proof: Proof, unit: string, thing: TransferFrom, agreement: Agreement, asOf: Day): boolean =>
  proof.unit === unit &&
  isWithin(proof.completedOn, agreement.validFrom, agreement.validUntil) &&
  hasGrade(proof, thing.minGrade, thing.maxGrade) &&
  isYoung(proof, asOf, agreement.maxAgeMonths) &&
  (!agreement.requiresUnexpired || isUnexpired(proof, asOf));

/** The best one: the highest grade, then one that is held, then the latest. */
export const bestOf = (proofs: readonly Proof[]): Proof | undefined =>
  proofs.toSorted((a, b) => (b.grade ?? -1) - (a.grade ?? -1) || Number(a.planned) - Number(b.planned) || b.completedOn - a.completedOn)[0];

/** The third of a calendar year that a day lies in, as text. */
export function termOf(day: Day): string {
  const [year, month] = textOfDay(day).split('-');
  return `${year}/${Math.ceil(Number(month) / 4)}`;
}
