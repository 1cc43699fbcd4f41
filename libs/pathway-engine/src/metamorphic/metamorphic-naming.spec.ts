import { describe, expect, it } from '@jest/globals';
import type { Requirement } from '../facts/requirement.ts';
import type { Chance, Instance } from '../testing/index.ts';
import { best, changed, ofInstances, withCredential } from './instances.ts';

/** An instance of which every text that is one of these is another one. */
function renamed(instance: Instance, names: ReadonlyMap<string, string>): Instance {
  return JSON.parse(JSON.stringify(instance), (_key, value: unknown) => (typeof value === 'string' ? (names.get(value) ?? value) : value)) as Instance;
}

const idsOf = ({ facts }: Instance): string[] => facts.microCredentials.map(({ id }) => id).sort();

const shuffledTree = (requirement: Requirement, chance: Chance): Requirement =>
  changed(requirement, (one) => {
    if (one.node === 'ALL' || one.node === 'ANY' || one.node === 'K_OF') return { ...one, of: chance.some(one.of, one.of.length) };
    return one.node === 'SECTIONS' ? { ...one, of: chance.some(one.of, one.of.length) } : one;
  });

describe('Other names', () => {
  it('that keep the order of ids give the same plan by other names', () => {
    ofInstances(40, (instance) => {
      const names = new Map(idsOf(instance).map((id) => [id, `x-${id}`]));
      expect(best(renamed(instance, names))?.plan).toEqual(best(instance)?.plan.map((id) => names.get(id)));
    });
  });

  it('in any order give a plan of the same totals', () => {
    ofInstances(40, (instance, chance) => {
      const ids = idsOf(instance);
      const others = chance.some(ids, ids.length);
      const names = new Map(ids.map((id, index) => [id, others[index]!]));
      expect(best(renamed(instance, names))?.totals).toEqual(best(instance)?.totals);
    });
  });
});

describe('Another order', () => {
  it('of the children of requirements gives the same plan', () => {
    ofInstances(40, (instance, chance) => {
      const mixed = withCredential(instance, (one) => ({ ...one, requirement: shuffledTree(one.requirement, chance) }));
      expect(best(mixed)?.plan).toEqual(best(instance)?.plan);
    });
  });

  it('of the facts gives the same answer, to the last byte', () => {
    ofInstances(40, (instance, chance) => {
      const { microCredentials, agreements, credentials } = instance.facts;
      const facts = {
        microCredentials: chance.some(microCredentials, microCredentials.length),
        agreements: chance.some(agreements, agreements.length),
        credentials: chance.some(credentials, credentials.length),
      };
      expect(JSON.stringify(best({ ...instance, facts }))).toBe(JSON.stringify(best(instance)));
    });
  });
});

/** After so many days the calendar is the same again, leap years and all. */
const FOUR_HUNDRED_YEARS = 146_097;

describe('Other days', () => {
  it('all of them later by as much, change nothing', () => {
    const days = ['completedOn', 'expiresOn', 'asOf', 'validFrom', 'validUntil', 'recordedOn', 'offeredFrom', 'offeredUntil'];
    ofInstances(40, (instance) => {
      const later = JSON.parse(JSON.stringify(instance), (key, value: unknown) =>
        days.includes(key) && typeof value === 'number' ? value + FOUR_HUNDRED_YEARS : value,
      ) as Instance;
      expect(best(later)).toEqual(best(instance));
    });
  });
});
