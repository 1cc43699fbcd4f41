import { pointerTo } from '@mcr/event-kit';
import { foldCaseAndSpace } from '../folding.ts';
import type { Breach, Check } from './rule-set.ts';

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** As readers count: a letter beyond the basic plane is one. */
const lengthOf = (text: string): number => [...text.trim()].length;

/** Pairs every item with the first one before it that has the same key. */
function repeats<T>(items: readonly T[], keyOf: (item: T) => string): { index: number; first: number }[] {
  const firsts = new Map<string, number>();
  return items.flatMap((item, index) => {
    const first = firsts.get(keyOf(item));
    if (first !== undefined) return [{ index, first }];
    firsts.set(keyOf(item), index);
    return [];
  });
}

/** How many competencies, how long each text; no text and no CTID twice. Case and space do not make a text another one. */
export const competencies =
  ({ count, characters }: { readonly count: Limits; readonly characters: Limits }): Check =>
  ({ competencies: stated }) => {
    const breaches: Breach[] = [];
    if (stated.length < count.min || stated.length > count.max) {
      breaches.push({ pointer: '/competencies', message: `${stated.length} competencies is not from ${count.min} to ${count.max}.` });
    }
    stated.forEach(({ competencyText }, index) => {
      const length = lengthOf(competencyText);
      if (length >= characters.min && length <= characters.max) return;
      breaches.push({ pointer: textOf(index), message: `The text has ${length} characters, not from ${characters.min} to ${characters.max}.` });
    });
    for (const { index, first } of repeats(stated, ({ competencyText }) => foldCaseAndSpace(competencyText))) {
      breaches.push({ pointer: textOf(index), message: `The text is that of competency ${first + 1}.` });
    }
    for (const { index, first } of repeats(stated, ({ ctid }) => ctid)) {
      breaches.push({ pointer: pointerTo('competencies', index, 'ctid'), message: `The CTID is that of competency ${first + 1}.` });
    }
    return breaches;
  };

const textOf = (index: number): string => pointerTo('competencies', index, 'competencyText');
