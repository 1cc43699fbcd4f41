/** More combinations than this of courses that hang together are for a person. */
const MOST_UNIONS = 200;

export type Tail = ReadonlySet<string>;

const nameOf = (tail: Iterable<string>): string => [...tail].sort().join('\n');

/** Lists of courses that share one, directly or through others. */
export function groupsOf(lists: readonly (readonly string[])[]): Tail[][] {
  const different = [...new Map(lists.map((list) => [nameOf(new Set(list)), new Set(list)])).values()];
  const groups: { courses: Set<string>; tails: Tail[] }[] = [];
  for (const tail of different) {
    const touching = groups.filter(({ courses }) => [...tail].some((course) => courses.has(course)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({ courses: new Set([...tail, ...touching.flatMap(({ courses }) => [...courses])]), tails: [...touching.flatMap(({ tails }) => tails), tail] });
  }
  return groups.map(({ tails }) => tails);
}

/**
 * The lists and the unions of those that overlap, smaller ones first, otherwise as they came. Learning counts at a receiver through one agreement
 * only, while rows may share courses: the union of what is held gives all rows that any list within it serves. Undefined: there are too many.
 */
export function unionsOf(tails: readonly Tail[]): Tail[] | undefined {
  const known = new Map(tails.map((tail) => [nameOf(tail), tail]));
  for (const [, one] of known) {
    for (const [, other] of known) {
      const union = new Set([...one, ...other]);
      if (union.size < one.size + other.size && !known.has(nameOf(union))) known.set(nameOf(union), union);
      if (known.size > MOST_UNIONS) return undefined;
    }
  }
  return [...known.values()].sort((a, b) => a.size - b.size);
}
