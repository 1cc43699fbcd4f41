import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../../engine.ts';
import { all, assigned, bruteForcePlan, course, credential, facts, microCredential, situation } from '../../testing/index.ts';
import type { Instance } from '../../testing/index.ts';

const unhurried = { nodes: 1_000_000, until: Infinity, now: () => 0 };
const twice = <Made>(courses: number, make: (name: string, index: number) => Made[]): Made[] =>
  Array.from({ length: courses }, (_, index) => make(String.fromCharCode(97 + index), index)).flat();

/** Each course by either of two that cost the same: one takes fewer hours, the other fewer terms, of which there is a budget. */
function equallyDear(courses: number, alike: boolean): Instance {
  const hours = (index: number): number => (alike ? 600 : 600 + 60 * index);
  const microCredentials = twice(courses, (name, index) => [
    microCredential({ id: `${name}-short`, cost: 10_000, minutes: 600, terms: 2 }),
    microCredential({ id: `${name}-soon`, cost: 10_000, minutes: 600 + hours(index), terms: 1 }),
  ]);
  const agreements = microCredentials.map(({ id }) => assigned(id, id, id[0]!.toUpperCase()));
  const requirement = all('root', ...twice(courses, (name) => [course(name.toUpperCase())]));
  const terms = { budgets: { TERMS: courses + Math.ceil(courses / 2) } };
  return { facts: facts({ microCredentials, agreements, credentials: [credential(requirement)] }), credential: 'cert', situation: situation(), terms };
}

describe('Of plans that cost the same, the best', () => {
  it.each([
    { courses: 1, sets: 2 },
    { courses: 3, sets: 8 },
    { courses: 5, sets: 32 },
    { courses: 6, sets: 64 },
    { courses: 8, sets: 256 },
  ])('is found among $sets, by hours, terms and names', ({ courses }) => {
    for (const alike of [false, true]) {
      const instance = equallyDear(courses, alike);
      const answer = new PathwayEngine(instance.facts).cheapest('cert', instance.situation, instance.terms, unhurried);
      const { plan, totals } = bruteForcePlan(instance)!;
      expect(answer).toMatchObject({ proof: 'OPTIMAL', plan, totals });
    }
  });

  it('is said to be optimal only when there were steps enough to look', () => {
    const instance = equallyDear(5, true);
    const { plan } = bruteForcePlan(instance)!;
    const engine = new PathwayEngine(instance.facts);
    const answers = Array.from({ length: 80 }, (_, nodes) => engine.cheapest('cert', instance.situation, instance.terms, { ...unhurried, nodes }));
    const optimal = answers.flatMap((answer) => (answer.proof === 'OPTIMAL' ? [answer.plan] : []));
    expect(optimal).toEqual(optimal.map(() => plan));
    expect([...new Set(answers.map(({ proof }) => proof))]).toEqual(['UNKNOWN', 'FEASIBLE', 'OPTIMAL']);
  });
});
