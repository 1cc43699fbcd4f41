import type { Completion } from '../../facts/completion.ts';
import type { Day } from '../../facts/day.ts';
import type { Situation } from '../../facts/facts.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import { microCredential, today } from '../builders.ts';
import type { Chance } from './chance.ts';

export const subjects = ['ART', 'DATA', 'MATH'];
export const areas = ['black', 'green', 'red', 'white'];
export const issuers = ['R', 'S', 'T'];
const deliveries = ['CLASS', 'ONLINE'];
const regions = ['ISLAND', 'NORTH'];

/** Costs of which some are nothing and many are the same: ties are where orders go wrong. */
export interface Prices {
  readonly costs: readonly number[];
  readonly minutes: readonly number[];
  readonly terms: readonly number[];
}

/** The prices of one instance. */
export const randomPrices = (chance: Chance): Prices =>
  chance.pick([
    { costs: [0, 5_000, 10_000, 10_000, 20_000], minutes: [300, 600, 600, 900], terms: [0, 1, 1, 2] },
    { costs: [10_000], minutes: [600], terms: [1] },
    { costs: [0, 0, 7_500], minutes: [0, 450], terms: [0, 1] },
    { costs: [1_999, 4_950, 12_345, 30_000, 9_999], minutes: [90, 610, 1_275, 333], terms: [1, 1, 1, 3] },
  ]);

/** The filters of a question; mostly there are none. */
export const randomFilters = (chance: Chance): PlanTerms => ({
  ...(chance.is(0.1) && { issuers: chance.some(issuers, 2) }),
  ...(chance.is(0.1) && { deliveries: [chance.pick(deliveries)] }),
  ...(chance.is(0.1) && { regions: [chance.pick(regions)] }),
});

function randomOne(chance: Chance, id: string, prices: Prices, filters: PlanTerms): MicroCredential {
  const delivery = chance.pick(filters.deliveries ?? [...deliveries, undefined]);
  const region = chance.pick(filters.regions ?? [...regions, undefined]);
  return microCredential({
    id,
    issuer: chance.pick(filters.issuers ?? issuers),
    credits: chance.pick([0, 100, 150, 200, 300, 300, 300, 400]),
    cost: chance.pick(prices.costs),
    minutes: chance.pick(prices.minutes),
    terms: chance.pick(prices.terms),
    offeredFrom: chance.is(0.3) ? today : 0,
    offeredUntil: chance.is(0.3) ? today + 1 : null,
    ...(chance.is(0.85) && { subject: chance.pick(subjects) }),
    ...(chance.is(0.85) && { level: chance.pick([100, 200, 300]) }),
    ...(chance.is(0.7) && { areas: chance.some(areas, chance.between(1, 2)) }),
    ...(delivery && { delivery }),
    ...(region && { region }),
  });
}

/** Why a micro-credential may not be planned: it is not offered, or a filter does not let it through. */
function barred(chance: Chance, one: MicroCredential, filters: PlanTerms): MicroCredential {
  const foreign = issuers.filter((issuer) => !filters.issuers?.includes(issuer));
  if (filters.issuers && chance.is(0.5)) return { ...one, issuer: chance.pick(foreign) };
  if (filters.deliveries && chance.is(0.5)) return { ...one, delivery: undefined };
  return chance.is(0.5) ? { ...one, offeredUntil: today } : { ...one, offeredFrom: today + 1, offeredUntil: null };
}

/** `candidates` micro-credentials that may be planned, and some more that may not. */
export function randomMicroCredentials(chance: Chance, candidates: number, filters: PlanTerms): { all: MicroCredential[]; open: MicroCredential[] } {
  const prices = randomPrices(chance);
  const numbers = Array.from({ length: candidates + chance.between(2, 5) }, (_, index) => index);
  const names = chance.some(numbers, numbers.length).map((number) => `m${String(number).padStart(2, '0')}`);
  const made = names.map((id, index) => {
    const one = randomOne(chance, id, prices, filters);
    return index < candidates ? one : barred(chance, one, filters);
  });
  const twinned = made.map((one) => (chance.is(0.15) ? { ...one, sameAs: chance.pick(['same-1', 'same-2', 'same-3']) } : one));
  const ids = names.toSorted();
  const all = twinned.map((one): MicroCredential => {
    if (!chance.is(0.15)) return one;
    return { ...one, prerequisites: Array.from({ length: chance.between(1, 2) }, () => chance.some(ids, chance.between(1, 3))) };
  });
  return { all, open: all.slice(0, candidates) };
}

const edges = (day: Day): readonly Day[] => [day - 1, day, day + 1];

function randomCompletion(chance: Chance, { id }: MicroCredential, asOf: Day): Completion {
  return {
    microCredential: id,
    completedOn: chance.is(0.1) ? chance.pick(edges(asOf)) : asOf - chance.pick([30, 200, 243, 400, 730, 731, 1_500]),
    ...(chance.is(0.7) && { grade: chance.pick([4_900, 5_000, 6_000, 6_499, 6_500, 7_250, 8_000, 9_500]) }),
    ...(chance.is(0.25) && { expiresOn: chance.pick([...edges(asOf), asOf + 300]) }),
    ...(chance.is(0.15) && { status: chance.pick(['ACTIVE', 'SUSPENDED', 'REVOKED'] as const) }),
  };
}

/** What the learner holds, some of it twice, and declares. */
export function randomSituation(chance: Chance, { all, open }: { all: readonly MicroCredential[]; open: readonly MicroCredential[] }): Situation {
  const shut = all.filter((one) => !open.includes(one));
  const holding = [...chance.some(shut, chance.between(0, 4)), ...chance.some(open, chance.between(0, Math.min(2, open.length)))];
  const again = chance.is(0.25) ? chance.some(holding, 1) : [];
  return {
    held: [...holding, ...again].map((one) => randomCompletion(chance, one, today)),
    asOf: today,
    ...(chance.is(0.6) && { declares: chance.some(['admitted', 'member', 'veteran'], chance.between(1, 2)) }),
  };
}
