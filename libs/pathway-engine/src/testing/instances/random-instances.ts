import type { Credential, Limit, Sharing } from '../../facts/credential.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import { objectives, type PlanTerms, type Totals } from '../../facts/question.ts';
import { credential, facts } from '../builders.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { Instance } from './instance.ts';
import { placesIn } from '../brute-force/place.ts';
import { randomAgreements } from './random-agreements.ts';
import { randomFilters, randomMicroCredentials, randomSituation } from './random-micro-credentials.ts';
import { randomTree, type Aim } from './random-tree.ts';

function randomLimits(chance: Chance): Limit[] {
  const possible: (() => Limit)[] = [
    () => ({ id: 'residency', limit: 'RESIDENCY', min: chance.pick([100, 300, 600]) }),
    () => ({ id: 'level', limit: 'LEVEL', level: chance.pick([200, 300]), min: chance.pick([150, 300, 600]) }),
    () => ({ id: 'total', limit: 'TOTAL', min: chance.pick([600, 900, 1_200]) }),
    () => ({ id: 'gpa', limit: 'GPA', min: chance.pick([5_500, 6_500, 7_000]) }),
  ];
  const limits = possible.flatMap((limit) => (chance.is(0.2) ? [limit()] : []));
  const caps = ['b1', 'b2'].map((bucket): Limit => ({ id: `cap-${bucket}`, limit: 'CAP', bucket, max: chance.pick([0, 150, 300, 500]) }));
  return chance.is(0.3) ? [...limits, ...chance.some(caps, 2)] : limits;
}

function randomSharing(chance: Chance, aims: readonly Aim[]): Sharing | undefined {
  if (chance.is(0.6)) return undefined;
  const ids = aims.map(({ id }) => id);
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => (chance.is(0.5) ? ([one, other] as const) : ([other, one] as const))));
  return { maxUses: chance.between(1, 3), ...(chance.is(0.5) && { together: chance.some(pairs, Math.ceil(pairs.length / 2)) }) };
}

function randomCredential(chance: Chance, microCredentials: readonly MicroCredential[], leaves: number): { aims: readonly Aim[]; certificate: Credential } {
  const { root, aims } = randomTree(chance, microCredentials, leaves);
  const [limits, sharing] = [randomLimits(chance), randomSharing(chance, aims)];
  return { aims, certificate: credential(root, { ...(limits.length > 0 && { limits }), ...(sharing && { sharing }) }) };
}

function randomBudgets(chance: Chance, candidates: number): Partial<Totals> {
  const possible: Totals = {
    COST: chance.pick([0, 20_000, 40_000, 60_000]),
    HOURS: chance.pick([1_800, 3_000, 4_500]),
    COUNT: chance.between(2, Math.max(3, Math.ceil(candidates / 2))),
    TERMS: chance.between(2, 7),
  };
  return Object.fromEntries(chance.some(objectives, chance.between(1, 2)).map((each) => [each, possible[each]]));
}

function randomTerms(chance: Chance, filters: PlanTerms, open: readonly MicroCredential[], all: readonly MicroCredential[]): PlanTerms {
  const shut = all.filter((one) => !open.includes(one)).map(({ id }) => id);
  const forced = chance.is(0.15) ? chance.some(open, 1).map(({ id }) => id) : [];
  return {
    ...filters,
    ...(chance.is(0.7) && { objectives: chance.some(objectives, chance.between(1, 4)) }),
    ...(chance.is(0.2) && { budgets: randomBudgets(chance, open.length) }),
    ...(forced.length > 0 && { forced }),
    ...(chance.is(0.2) && { forbidden: chance.some(shut, 1) }),
  };
}

/**
 * An instance that the seed alone decides, with so many micro-credentials that may be planned and some that may not. It is of about the size that
 * the brute force can go through when there are no more than 22.
 */
export function randomInstance(seed: number, { candidates }: { candidates: number }): Instance {
  const chance = chanceOf(seed);
  const filters = randomFilters(chance);
  const { all, open } = randomMicroCredentials(chance, candidates, filters);
  const situation = randomSituation(chance, { all, open });
  const { certificate, aims } = randomCredential(chance, all, chance.between(2, 3 + Math.floor(candidates / 5)));
  const requirements = placesIn(certificate.requirement).flatMap(({ requirement }) => (requirement && requirement.id !== 'root' ? [requirement.id] : []));
  const agreements = randomAgreements(chance, { microCredentials: all, aims, requirements });
  const terms = randomTerms(chance, filters, open, all);
  return { facts: facts({ microCredentials: all, agreements, credentials: [certificate] }), credential: certificate.id, situation, terms };
}
