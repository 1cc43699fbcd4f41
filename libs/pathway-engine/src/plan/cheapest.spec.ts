import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../checker/check-answer.ts';
import { PathwayEngine } from '../engine.ts';
import type { Facts } from '../facts/facts.ts';
import type { PlanTerms } from '../facts/question.ts';
import { all, any, assigned, agreement, cred, course, credential, credits, facts, held, kOf, microCredential, situation } from '../testing/index.ts';
import type { Planned } from './cheapest.ts';

const unhurried = { nodes: 100_000, until: Infinity, now: () => 0 };

function ask(given: Facts, terms: PlanTerms = {}, who = situation()): Planned {
  const answer = new PathwayEngine(given).cheapest('cert', who, terms, unhurried);
  if ('plan' in answer) {
    const checked = checkPlan(given, 'cert', { ...who, planned: answer.plan }, terms, answer.assignment, answer.totals);
    expect({ faults: checked.faults, verdict: checked.verdict }).toEqual({ faults: [], verdict: answer.verdict });
  }
  return answer;
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id, index) => microCredential({ id, cost: 10_000 + 1_000 * index })) as [never, never, never, never];
const toX = [assigned('1', 'a', 'X'), assigned('2', 'b', 'X')];

describe('The cheapest plan', () => {
  it('is nothing when everything is held', () => {
    const given = facts({ microCredentials: [a], agreements: toX, credentials: [credential(course('X'))] });
    expect(ask(given, {}, situation({ held: [held('a')] }))).toMatchObject({ proof: 'OPTIMAL', plan: [], totals: { COST: 0, COUNT: 0 } });
  });

  it('pays once for an agreement that asks for two which are the same', () => {
    const twins = ['a', 'b'].map((id) => microCredential({ id, cost: 6_000, sameAs: 'twins' }));
    const known = [
      agreement({ id: '1', kind: 'CLUSTER', from: [{ microCredential: 'a' }, { microCredential: 'b' }], grants: [{ course: 'X', credits: 300 }] }),
    ];
    const given = facts({ microCredentials: [...twins, c], agreements: [...known, assigned('2', 'c', 'X')], credentials: [credential(course('X'))] });
    expect(ask(given)).toMatchObject({ proof: 'OPTIMAL', plan: ['a'], totals: { COST: 6_000 } });
  });

  it('takes the cheaper of two that would do', () => {
    const given = facts({ microCredentials: [a, b], agreements: toX, credentials: [credential(course('X'))] });
    expect(ask(given)).toMatchObject({ proof: 'OPTIMAL', plan: ['a'], bound: 10_000 });
    expect(ask(given, { forbidden: ['a'] })).toMatchObject({ plan: ['b'] });
    expect(ask(given, { forced: ['b'] })).toMatchObject({ plan: ['b'] });
    expect(ask(given, { forced: ['b'], forbidden: ['b'] })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(ask(given, { budgets: { COST: 9_999 } })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(ask(given, { budgets: { COST: 0 } })).toMatchObject({ proof: 'INFEASIBLE' });
  });

  it('pays for every item of a cluster', () => {
    const cluster = agreement({
      id: '3',
      kind: 'CLUSTER',
      from: [{ microCredential: 'a' }, { microCredential: 'b' }],
      grants: [
        { course: 'X', credits: 300 },
        { course: 'Y', credits: 300 },
      ],
    });
    const dear = microCredential({ id: 'dear', cost: 20_500 });
    const both = assigned('4', 'dear', 'X', { grants: cluster.grants });
    const given = facts({ microCredentials: [a, b, dear], agreements: [cluster, both], credentials: [credential(all('root', course('X'), course('Y')))] });
    expect(ask(given)).toMatchObject({ plan: ['dear'], totals: { COST: 20_500 } });
    expect(ask(given, {}, situation({ held: [held('b')] }))).toMatchObject({ plan: ['a'], totals: { COST: 10_000 } });
  });

  it('chooses k of n as a whole: the cheapest single choice is not always in the cheapest pair', () => {
    const two = agreement({ id: '5', from: [{ microCredential: 'd' }], grants: ['Y', 'Z'].map((text) => ({ course: text, credits: 300 })) });
    const given = facts({
      microCredentials: [a, b, c, d],
      agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y'), two],
      credentials: [credential(kOf('root', 2, course('X'), course('Y'), course('Z')))],
    });
    expect(ask(given)).toMatchObject({ proof: 'OPTIMAL', plan: ['d'], totals: { COST: 13_000 } });
  });

  it('plans what is asked for before something may be taken', () => {
    const later = microCredential({ id: 'later', cost: 100, prerequisites: [['c', 'd']] });
    const given = facts({
      microCredentials: [b, c, d, later],
      agreements: [assigned('1', 'later', 'X'), assigned('2', 'b', 'X')],
      credentials: [credential(course('X'))],
    });
    expect(ask(given)).toMatchObject({ plan: ['b'] });
    expect(ask(given, { forbidden: ['b'] })).toMatchObject({ plan: ['c', 'later'], totals: { COST: 12_100 } });
    expect(ask(given, { forbidden: ['b', 'c', 'd'] })).toMatchObject({ proof: 'INFEASIBLE' });
  });

  it('uses a piece of credit once', () => {
    const given = facts({
      microCredentials: [a, b],
      agreements: toX,
      credentials: [credential(all('root', course('X'), credits('electives', 300, { courses: ['X'] })))],
    });
    expect(ask(given)).toMatchObject({ plan: ['a', 'b'] });
  });

  it('makes the objectives least one after the other', () => {
    const quick = microCredential({ id: 'quick', cost: 10_000, minutes: 60, terms: 2 });
    const given = facts({
      microCredentials: [a, quick],
      agreements: [assigned('1', 'a', 'X'), assigned('2', 'quick', 'X')],
      credentials: [credential(course('X'))],
    });
    expect(ask(given)).toMatchObject({ plan: ['quick'] });
    expect(ask(given, { objectives: ['TERMS'] })).toMatchObject({ plan: ['a'] });
  });

  it('has the ids that come first among equals, however the facts are ordered', () => {
    const same = ['e', 'f', 'g', 'h'].map((id) => microCredential({ id }));
    const given = facts({
      microCredentials: same,
      credentials: [credential(any('root', cred('l1', 'h'), cred('l2', 'f'), cred('l3', 'g')), { institution: 'S' })],
    });
    expect(ask(given)).toMatchObject({ plan: ['f'] });
    expect(ask({ ...given, microCredentials: same.toReversed() })).toMatchObject({ plan: ['f'] });
  });

  it('says how far it is known when it may not look on', () => {
    const given = facts({ microCredentials: [a, b], agreements: toX, credentials: [credential(course('X'))] });
    const answer = new PathwayEngine(given).cheapest('cert', situation(), {}, { nodes: 0, until: 0, now: () => 1 });
    expect(answer).toMatchObject({ proof: 'UNKNOWN', bound: 10_000 });
  });
});
