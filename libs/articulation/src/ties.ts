import type { Imported, ImportedKind } from './proposal.ts';

type Made = Imported['agreements'][number];

/** As the engine ranks kinds that could apply together. An individual assessment never applies. */
const RANK: Readonly<Record<Exclude<ImportedKind, 'INDIVIDUAL_ASSESSMENT'>, number>> = { ASSIGNED: 0, CLUSTER: 0, EXEMPTION: 1, UNASSIGNED: 2, NO_CREDIT: 3 };

const LAST_DAY = '9999-12-31';
const lastDayOf = ({ endDate }: Made): string => endDate ?? LAST_DAY;
const keyOf = ({ kind, from, priority = 0 }: Made): string => `${priority} ${from.length} ${kind === 'INDIVIDUAL_ASSESSMENT' ? '' : RANK[kind]}`;

/**
 * Agreements of one receiver that could apply to the same learning on some day, while nothing that anybody meant decides between them: equal
 * priority, number of things and rank of kind. The registry refuses the second of them. Each one that stands against another is in a pair, not
 * every pair is there: it takes no longer when many do.
 */
export function standAgainst(agreements: readonly Made[]): [one: Made, other: Made][] {
  const byThing = new Map<string, Made[]>();
  for (const agreement of agreements) {
    if (agreement.kind === 'INDIVIDUAL_ASSESSMENT') continue;
    for (const { microCredential } of agreement.from) {
      const key = `${agreement.receiver} ${microCredential} ${keyOf(agreement)}`;
      const list = byThing.get(key);
      if (list) list.push(agreement);
      else byThing.set(key, [agreement]);
    }
  }
  return [...byThing.values()].flatMap(overlapping);
}

/** In the order of their first days, each with the one before it that ends last. */
function overlapping(list: readonly Made[]): [Made, Made][] {
  const pairs: [Made, Made][] = [];
  let last: Made | undefined;
  for (const one of list.toSorted((a, b) => (a.startDate < b.startDate ? -1 : a.startDate > b.startDate ? 1 : 0))) {
    if (last && one.startDate <= lastDayOf(last)) pairs.push([last, one]);
    if (!last || lastDayOf(one) > lastDayOf(last)) last = one;
  }
  return pairs;
}
