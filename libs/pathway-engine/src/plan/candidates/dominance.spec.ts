import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../../engine.ts';
import type { Facts } from '../../facts/facts.ts';
import type { PlanTerms } from '../../facts/question.ts';
import {
  all,
  alikeInstance,
  agreement,
  assigned,
  atMost,
  bruteForcePlan,
  course,
  credential,
  credits,
  facts,
  microCredential,
  situation,
} from '../../testing/index.ts';

const unhurried = { nodes: 1_000_000, until: Infinity, now: () => 0 };

const planFor = (known: Facts, terms: PlanTerms = {}): readonly string[] | undefined => {
  const answer = new PathwayEngine(known).cheapest('cert', situation(), terms, unhurried);
  return 'plan' in answer ? answer.plan : undefined;
};

const elective = (id: string, subject: string) =>
  agreement({ id: `for-${id}`, kind: 'UNASSIGNED', from: [{ microCredential: id }], grants: [{ subject, credits: 300 }] });

describe('What another could stand in for', () => {
  it.each([{ instances: 400, candidates: 9 }])('is left out of $instances questions without changing one plan', ({ instances, candidates }) => {
    const wrong = Array.from({ length: instances }, (_, seed) => alikeInstance(seed, { candidates })).flatMap((instance, seed) => {
      const answer = new PathwayEngine(instance.facts).cheapest(instance.credential, instance.situation, instance.terms, unhurried);
      return ('plan' in answer ? answer.plan.join() : undefined) === bruteForcePlan(instance)?.plan.join() ? [] : [seed];
    });
    expect(wrong).toEqual([]);
  });

  it('stays where the better one is over a budget', () => {
    const microCredentials = [microCredential({ id: 'cheap', cost: 1_000, minutes: 1_200 }), microCredential({ id: 'short', cost: 2_000, minutes: 600 })];
    const known = facts({ microCredentials, agreements: microCredentials.map(({ id }) => assigned(id, id, 'X')), credentials: [credential(course('X'))] });
    expect(planFor(known)).toEqual(['cheap']);
    expect(planFor(known, { budgets: { HOURS: 600 } })).toEqual(['short']);
  });

  it('stays where too many of the better ones count for less', () => {
    const arts = ['art-1', 'art-2', 'art-3', 'art-4'].map((id) => microCredential({ id, cost: 1_000 }));
    const data = microCredential({ id: 'data', cost: 9_000 });
    const requirement = atMost('cap', 300, { subjects: ['ART'] }, credits('electives', 600));
    const agreements = [...arts.map(({ id }) => elective(id, 'ART')), elective('data', 'DATA')];
    expect(planFor(facts({ microCredentials: [...arts, data], agreements, credentials: [credential(requirement)] }))).toEqual(['art-1', 'data']);
  });

  it('stays where it is asked for before something else', () => {
    const microCredentials = [
      microCredential({ id: 'better', cost: 1_000 }),
      microCredential({ id: 'basics', cost: 2_000 }),
      microCredential({ id: 'next', prerequisites: [['basics']] }),
    ];
    const agreements = [assigned('1', 'better', 'X'), assigned('2', 'basics', 'X'), assigned('3', 'next', 'Y')];
    expect(planFor(facts({ microCredentials, agreements, credentials: [credential(all('root', course('X'), course('Y')))] }))).toEqual(['basics', 'next']);
  });

  it('stays where the better ones are needed elsewhere', () => {
    const microCredentials = ['a', 'b', 'c'].map((id, index) => microCredential({ id, cost: 1_000 * (index + 1) }));
    const agreements = microCredentials.map(({ id }) =>
      agreement({ id, from: [{ microCredential: id }], grants: [{ course: 'X', subject: 'DATA', credits: 300 }] }),
    );
    const requirement = all('root', course('X'), credits('electives', 600, { subjects: ['DATA'] }));
    expect(planFor(facts({ microCredentials, agreements, credentials: [credential(requirement)] }))).toEqual(['a', 'b', 'c']);
  });
});
