import type { Study, StudyRow } from './rows.ts';

/** A row with its place in the file, and the course of the receiver that it stands for. */
export interface Slot extends StudyRow {
  readonly row: number;
  readonly college: string;
  readonly course: string;
}

/** A course of an agreement has at most 40 characters. */
const MOST_CHARACTERS = 40;

const shortened = (text: string, number: number): string => {
  const suffix = number === 1 ? '' : ` #${number}`;
  return text.length + suffix.length <= MOST_CHARACTERS ? `${text}${suffix}` : `${text.slice(0, MOST_CHARACTERS - suffix.length - 1)}…${suffix}`;
};

/**
 * Rows of one set that repeat a text are different places to fill, and so are those of different groups: each has a course of its own, the
 * second and further ones with a number. Every college gets the same courses, in whatever order its rows stand.
 */
export function slotsOf({ colleges }: Study): Slot[] {
  const numbers = new Map<string, Map<string, number>>();
  let place = 0;
  return colleges.flatMap(({ college, rows }) => {
    const times = new Map<string, number>();
    return rows.map((row) => {
      place += 1;
      const spot = `${row.receiver}\n${row.group}\n${row.set}\n${row.receiving}`;
      times.set(spot, (times.get(spot) ?? 0) + 1);
      const shown = shortened(row.receiving, 1);
      const known = numbers.get(`${row.receiver}\n${shown}`) ?? new Map<string, number>();
      numbers.set(`${row.receiver}\n${shown}`, known);
      const key = `${spot}\n${times.get(spot)}`;
      if (!known.has(key)) known.set(key, known.size + 1);
      return { ...row, row: place, college, course: shortened(row.receiving, known.get(key)!) };
    });
  });
}
