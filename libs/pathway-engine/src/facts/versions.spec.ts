import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../checker/check-plan.ts';
import { judgingVersion } from '../checker/judging-version.ts';
import { PathwayEngine } from '../engine.ts';
import { checkAgreementAgainst } from '../facts-check/agreement.ts';
import { checkCredential } from '../facts-check/credential.ts';
import { agreement, assigned, course, cred, credential, credits, facts, held, microCredential, situation, today } from '../testing/index.ts';
import { applyFix } from '../why-not/fix.ts';
import { type Credential, versionOn } from './credential.ts';
import type { Day } from './day.ts';

const tomorrow = today + 1;
/** Until today the course X is asked for, from tomorrow on the course Y. */
const version = (some: Partial<Credential> = {}) => credential(course('Y'), { validFrom: tomorrow, ...some });
const earlier = credential(course('X'), { validFrom: today - 300 });
const changed = version({ earlier: [earlier] });
const given = facts({
  microCredentials: [microCredential({ id: 'a', cost: 10 }), microCredential({ id: 'b', cost: 20 })],
  agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y')],
  credentials: [changed],
});
const budget = { nodes: 10_000, until: Infinity, now: () => 0 };
const onDays = <Answer>(ask: (asOf: Day) => Answer): Answer[] => [today, tomorrow].map(ask);

describe('The version of a credential that a day is judged by', () => {
  const three = version({ validFrom: 30, earlier: [version({ validFrom: 20, validUntil: 100 }), version({ validFrom: 10, validUntil: 12 })] });

  it.each([
    [9, 10],
    [10, 10],
    [19, 10],
    [20, 20],
    [29, 20],
    [30, 30],
    [99, 30],
  ])('is on day %i the one that begins on day %i', (day, first) => {
    expect(versionOn(three, day).validFrom).toBe(first);
    // The checker finds it in a way of its own.
    expect(judgingVersion(three, day).validFrom).toBe(first);
  });
});

describe('A credential of which one version follows another', () => {
  const engine = new PathwayEngine(given);
  const has = [held('a')];

  it('is audited by the version of the day, whichever day is asked about first', () => {
    const verdicts = (days: readonly Day[]) => days.map((asOf) => engine.audit('cert', situation({ held: has, asOf })).verdict);
    expect(verdicts([today, tomorrow, today])).toEqual(['COMPLETE', 'INCOMPLETE', 'COMPLETE']);
    // Before the first day of all it is the version that begins first.
    expect(verdicts([tomorrow, today - 301])).toEqual(['INCOMPLETE', 'COMPLETE']);
  });

  it('is planned for by the version of the day: alone, among several, in reach, together with others', () => {
    const asked = (asOf: Day) => situation({ asOf });
    expect(onDays((asOf) => engine.cheapest('cert', asked(asOf), {}, budget))).toMatchObject([{ plan: ['a'] }, { plan: ['b'] }]);
    expect(onDays((asOf) => engine.cheapestAmong(undefined, asked(asOf), {}, budget))).toMatchObject([
      { credential: 'cert', planned: { plan: ['a'] } },
      { credential: 'cert', planned: { plan: ['b'] } },
    ]);
    const within = { budgets: { COST: 15 } };
    expect(onDays((asOf) => engine.inReach(undefined, asked(asOf), within, budget).map((one) => one.credential))).toEqual([['cert'], []]);
    expect(onDays((asOf) => engine.together(['cert'], asked(asOf), {}, budget))).toMatchObject([{ plan: ['a'] }, { plan: ['b'] }]);
  });

  it('has plans that the checker finds right by the version of the same day, and of no other', () => {
    for (const asOf of [today, tomorrow]) {
      const planned = engine.cheapest('cert', situation({ asOf }), {}, budget);
      if (!('plan' in planned)) throw new Error('There is a plan.');
      const check = (day: Day) => checkPlan(given, 'cert', situation({ asOf: day, planned: planned.plan }), {}, planned.assignment, planned.totals);
      expect(check(asOf)).toMatchObject({ verdict: 'COMPLETE', faults: [] });
      expect(check(asOf === today ? tomorrow : today).verdict).toBe('INCOMPLETE');
    }
  });

  it('says why not by the version of the day, and the fixes change that one', () => {
    const asking = { ...given, credentials: [version({ requirement: cred('c', 'a'), earlier: [{ ...earlier, requirement: cred('d', 'b') }] })] };
    const [before, after] = onDays((asOf) => situation({ asOf, held: has }));
    const whyNot = (world: typeof asking, asked = before!) => new PathwayEngine(world).whyNot(asked, { credential: 'cert' });
    expect(whyNot(asking, after)).toMatchObject([{ recognised: true }]);
    const [{ recognised, paths }] = whyNot(asking) as [ReturnType<typeof whyNot>[number]];
    expect([recognised, paths.length > 0]).toEqual([false, true]);
    for (const { fixes } of paths) {
      const world = fixes.reduce((so, fix) => applyFix(so.facts, so.situation, fix), { facts: asking as typeof given, situation: before! });
      expect(whyNot(world.facts as typeof asking, world.situation)).toMatchObject([{ recognised: true }]);
      expect(whyNot(world.facts as typeof asking, after)).toMatchObject([{ recognised: true }]);
    }
    expect(() => new PathwayEngine(asking).whyNot(after!, { credential: 'cert', place: 'd' })).toThrow(RangeError);
  });

  it('has requirements of any version that an agreement may waive', () => {
    const waiving = (waives: string) => agreement({ id: '9', from: [{ microCredential: 'a' }], kind: 'EXEMPTION', grants: [{ credits: 0, waives }] });
    expect(['X', 'Y', 'Z'].map((id) => checkAgreementAgainst(engine.graph, waiving(id)).map(({ code }) => code))).toEqual([[], [], ['UNKNOWN_REQUIREMENT']]);
  });
});

describe('Versions of a credential', () => {
  const faultsOf = (one: Credential) => checkCredential(one).map(({ code, pointer }) => `${pointer} ${code}`);

  it('are without fault where each begins before the one after it', () => {
    expect(faultsOf(changed)).toEqual([]);
  });

  it('are refused where one begins no earlier than the one after it, is another credential’s, or is wrong in itself', () => {
    expect(faultsOf(version({ earlier: [version()] }))).toEqual(['/earlier/0/validFrom INVALID_VALUE']);
    expect(faultsOf(version({ earlier: [earlier, earlier] }))).toEqual(['/earlier/1/validFrom INVALID_VALUE']);
    expect(faultsOf(version({ earlier: [{ ...earlier, id: 'another' }] }))).toEqual(['/earlier/0/id INVALID_VALUE']);
    expect(faultsOf(version({ earlier: [{ ...earlier, requirement: credits('n', -1) }] }))).toEqual(['/earlier/0/requirement/min TOO_SMALL']);
  });
});
