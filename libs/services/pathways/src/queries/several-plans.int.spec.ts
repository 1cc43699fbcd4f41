import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishPathway } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { principals } from '@mcr/testing';
import { AdvisedProvince, certificate, ctids, diploma, refusalOf } from '../testing/advised-province.ts';

const { cheap, dear } = ctids;
let province: AdvisedProvince;
beforeAll(async () => void (province = await AdvisedProvince.start()));
afterAll(() => province.close());

describe('The credentials in reach', () => {
  it('are those that can be completed within the budget, the best plan first, each with its proof', async () => {
    expect(await province.inReach({ budgets: { cost: 300 } })).toMatchObject({
      pathways: [{ pathway: certificate.ctid, version: 1, proof: 'OPTIMAL', bound: 250.5, plan: { plan: [cheap], totals: { cost: 250.5 } } }],
      objectives: ['COST', 'HOURS', 'COUNT', 'TERMS'],
    });
    const { pathways } = await province.inReach({ budgets: { cost: 2_000 } });
    expect(pathways.map(({ pathway, bound }) => [pathway, bound])).toEqual([
      [certificate.ctid, 250.5],
      [diploma.ctid, 1150.5],
    ]);
  });

  it('are sorted by what is to be least, and within a budget of it', async () => {
    const { pathways } = await province.inReach({ budgets: { hours: 48 }, objectives: ['HOURS'] });
    expect(pathways.map(({ pathway, bound, plan }) => [pathway, bound, plan!.plan])).toEqual([
      [certificate.ctid, 8, [dear]],
      [diploma.ctid, 48, [cheap, dear].sort()],
    ]);
    expect((await province.inReach({ budgets: { hours: 8 }, objectives: ['HOURS'] })).pathways).toHaveLength(1);
    expect((await province.inReach({ budgets: { cost: 0 } })).pathways).toEqual([]);
  });

  it('are of a scope: a type, an institution, those named; none that can only be begun later', async () => {
    const of = async (scope: object) => (await province.inReach({ budgets: { count: 9 }, held: [], scope })).pathways.map(({ pathway }) => pathway);
    expect(await of({ type: 'DIPLOMA' })).toEqual([diploma.ctid]);
    expect(await of({ institution: 'BCIT' })).toEqual([]);
    expect(await of({ pathways: [certificate.ctid!] })).toEqual([certificate.ctid]);
    expect(await of({})).toEqual([certificate.ctid, diploma.ctid]);
  });

  it('stand when their plans are gone through by the checker', async () => {
    const { pathways } = await province.inReach({ budgets: { cost: 2_000 } });
    for (const { pathway, plan } of pathways) expect(await province.check(pathway, plan!, { budgets: { COST: 200_000 } })).toMatchObject({ faults: [] });
  });

  it('are unknown, with what no plan is under, when the time was over', async () => {
    for (const { proof, plan, bound } of (await province.inReach({ budgets: { cost: 2_000 }, timeBudgetMs: 0 })).pathways) {
      expect(proof === 'UNKNOWN').toBe(plan === undefined);
      expect(bound).toBeLessThanOrEqual(2_000);
    }
  });

  it('cannot be asked for without a budget, nor among pathways that are none', async () => {
    expect(await refusalOf(province.inReach())).toEqual({ code: 'INVALID_INPUT', faults: ['/budgets INVALID_VALUE'] });
    expect(await refusalOf(province.inReach({ budgets: { cost: 1 }, scope: { pathways: [newCtid()] } }))).toEqual({
      code: 'PATHWAY_NOT_FOUND',
      faults: ['/scope/pathways/0 PATHWAY_NOT_FOUND'],
    });
    expect(await refusalOf(province.inReach({ budgets: { cost: 1 }, scope: { institution: 'NOBODY' } }))).toMatchObject({ code: 'INSTITUTION_NOT_FOUND' });
  });
});

describe('The trade-offs of a completion', () => {
  it('are the plans of which none is better in one objective without being worse in another', async () => {
    expect(await province.tradeOffs()).toMatchObject({
      pathway: certificate.ctid,
      version: 1,
      complete: true,
      objectives: ['COST', 'HOURS'],
      plans: [
        { plan: [cheap], totals: { cost: 250.5, hours: 40 } },
        { plan: [dear], totals: { cost: 900, hours: 8 } },
      ],
    });
    const { plans } = await province.tradeOffs({ objectives: ['HOURS', 'COUNT', 'COST'] });
    expect(plans.map(({ plan }) => plan)).toEqual([[dear], [cheap]]);
    expect((await province.tradeOffs({ objectives: ['COST', 'COUNT'] })).plans).toMatchObject([{ plan: [cheap] }]);
  });

  it('stand when they are gone through by the checker', async () => {
    for (const plan of (await province.tradeOffs()).plans)
      expect(await province.check(certificate.ctid!, plan)).toMatchObject({ faults: [], verdict: 'COMPLETE' });
  });

  it('are fewer within budgets, and none where nothing completes it', async () => {
    expect((await province.tradeOffs({ budgets: { cost: 300 } })).plans).toMatchObject([{ plan: [cheap] }]);
    expect(await province.tradeOffs({ forbidden: [cheap, dear] })).toMatchObject({ plans: [], complete: true });
    expect(await province.tradeOffs({ timeBudgetMs: 0 })).toMatchObject({ complete: false });
  });

  it('are between two or three different objectives, of a pathway that there is', async () => {
    expect(await refusalOf(province.tradeOffs({ objectives: ['COST'] }))).toMatchObject({ faults: ['/objectives TOO_SMALL'] });
    expect(await refusalOf(province.tradeOffs({ objectives: ['COST', 'COST'] }))).toMatchObject({ faults: ['/objectives INVALID_VALUE'] });
    expect(await refusalOf(province.tradeOffs({ objectives: ['COST', 'HOURS', 'COUNT', 'TERMS'] }))).toMatchObject({ faults: ['/objectives TOO_BIG'] });
    expect(await refusalOf(province.tradeOffs({ pathway: newCtid() }))).toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
  });
});

describe('One plan for several pathways', () => {
  it('completes all of them, and says what each of them adds', async () => {
    const answer = await province.several();
    expect(answer).toMatchObject({
      proof: 'OPTIMAL',
      plan: [cheap, dear].sort(),
      totals: { cost: 1150.5, count: 2 },
      bound: 1150.5,
      verdict: 'COMPLETE',
      pathways: [
        { pathway: certificate.ctid, version: 1, adds: { cost: 0, count: 0 }, addsIsProven: true },
        { pathway: diploma.ctid, version: 1, adds: { cost: 900, count: 1 }, addsIsProven: true },
      ],
    });
    expect(answer).not.toHaveProperty('core');
  });

  it('stands for each of them when it is gone through by the checker', async () => {
    const { plan, totals, verdict, pathways } = await province.several();
    for (const { pathway, assignment, agreements, lost } of pathways)
      expect(await province.check(pathway, { plan: plan!, totals: totals!, verdict: verdict!, assignment, agreements, lost })).toMatchObject({
        faults: [],
        verdict: 'COMPLETE',
      });
  });

  it('says how much learning two of them count both, in the credit of each', async () => {
    const { pathways } = await province.several();
    const [ofCertificate, ofDiploma] = pathways;
    expect(ofCertificate!.shared).toEqual([{ with: diploma.ctid, credits: expect.any(Number) }]);
    expect(ofCertificate!.shared[0]!.credits).toBeGreaterThanOrEqual(4.5);
    expect(ofDiploma!.shared).toEqual([{ with: certificate.ctid, credits: ofCertificate!.shared[0]!.credits }]);
  });

  it('keeps the share cap with which a pathway was published, says how much of it is used, and names it where it is in the way', async () => {
    const ctid = newCtid();
    const publish = (version: number, most: object) => {
      const sharing = { maxUses: 1, across: [{ with: certificate.ctid!, ...most }] };
      return province.registry.call(PublishPathway, { ...certificate, ctid, version, sharing }, principals.registrar);
    };
    const both = { pathways: [certificate.ctid!, ctid] };
    await publish(1, { percent: 100 });
    expect(await province.several(both)).toMatchObject({
      plan: [cheap],
      pathways: [{ shared: [{ with: ctid, credits: 4.5 }] }, { shared: [{ with: certificate.ctid, credits: 4.5, most: 4.5 }] }],
    });
    await publish(2, { credits: 4 });
    const answer = await province.several(both);
    expect(answer).toMatchObject({
      proof: 'OPTIMAL',
      plan: [cheap, dear].sort(),
      pathways: [{ version: 1 }, { version: 2, shared: [{ with: certificate.ctid, most: 4 }] }],
    });
    expect(answer.pathways[1]!.shared[0]!.credits).toBeLessThanOrEqual(4);
    await publish(3, { credits: 2.99 });
    expect(await province.several(both)).toMatchObject({
      proof: 'INFEASIBLE',
      pathways: [{ shared: [] }, { shared: [] }],
      core: [{ kind: 'REQUIREMENT' }, { kind: 'REQUIREMENT' }, { kind: 'SHARE_CAP', pathway: ctid }],
      coreIsMinimal: true,
    });
  });

  it('does not exist where one of them cannot be completed, and says what makes it impossible', async () => {
    expect(await province.several({ forbidden: [dear], budgets: { cost: 5_000 } })).toMatchObject({
      proof: 'INFEASIBLE',
      pathways: [
        { pathway: certificate.ctid, assignment: [], addsIsProven: false },
        { pathway: diploma.ctid, assignment: [] },
      ],
      core: [
        { kind: 'REQUIREMENT', pathway: diploma.ctid, requirement: 'electives' },
        { kind: 'FORBIDDEN', microCredential: dear },
      ],
      coreIsMinimal: true,
    });
  });

  it('cannot be asked for of fewer than two, of one twice, or of what there is not', async () => {
    const [one, other] = [certificate.ctid!, newCtid()];
    expect(await refusalOf(province.several({ pathways: [one] }))).toMatchObject({ faults: ['/pathways TOO_SMALL'] });
    expect(await refusalOf(province.several({ pathways: [one, one] }))).toMatchObject({ faults: ['/pathways INVALID_VALUE'] });
    expect(await refusalOf(province.several({ pathways: Array.from({ length: 11 }, newCtid) }))).toMatchObject({ faults: ['/pathways TOO_BIG'] });
    expect(await refusalOf(province.several({ pathways: [one, other] }))).toEqual({ code: 'PATHWAY_NOT_FOUND', faults: ['/pathways/1 PATHWAY_NOT_FOUND'] });
  });
});

describe('Why there is no plan', () => {
  it('is the smallest part of what was asked for that is impossible together', async () => {
    expect(await province.plan({ budgets: { cost: 250, count: 7 } })).toMatchObject({
      proof: 'INFEASIBLE',
      core: [
        { kind: 'REQUIREMENT', pathway: certificate.ctid, requirement: 'electives' },
        { kind: 'BUDGET', objective: 'COST', message: 'The budget of cost.' },
      ],
      coreIsMinimal: true,
    });
    expect(await province.plan({ institutions: ['UBC'] })).toMatchObject({
      core: [{ kind: 'REQUIREMENT' }, { kind: 'FILTER', message: 'That only some institutions are allowed.' }],
    });
    expect(await province.plan({ forced: [dear], budgets: { cost: 899.99 } })).toMatchObject({
      core: [{ kind: 'FORCED', microCredential: dear }, { kind: 'BUDGET' }],
    });
    expect(await province.plan()).not.toHaveProperty('core');
  });

  it('is among several pathways what each of them asks for, and the terms that are in the way of all', async () => {
    const both = { pathways: [certificate.ctid!, diploma.ctid!] };
    const electives = (pathway: string | undefined) => ({ kind: 'REQUIREMENT', pathway, requirement: 'electives' });
    const answer = await province.plan({ among: both, budgets: { cost: 250, count: 7 } });
    expect(answer).toMatchObject({ proof: 'INFEASIBLE', coreIsMinimal: true });
    expect(answer.core).toHaveLength(3);
    expect(answer.core).toEqual(expect.arrayContaining([certificate, diploma].map(({ ctid }) => expect.objectContaining(electives(ctid)) as unknown)));
    expect(answer.core!.at(-1)).toMatchObject({ kind: 'BUDGET', objective: 'COST' });
    expect(await province.plan({ among: both, budgets: { count: 7 } })).toMatchObject({ proof: 'OPTIMAL', pathway: certificate.ctid });
    expect(await province.plan({ among: { type: 'DEGREE' } })).toMatchObject({ proof: 'INFEASIBLE', core: [], coreIsMinimal: true });
  });

  it('lets a plan be found when any one part of it is left out', async () => {
    const without = { budgets: { cost: 250 } };
    const { core } = await province.plan(without);
    expect(core!.map(({ kind }) => kind)).toContain('BUDGET');
    expect(await province.plan({ ...without, budgets: {} })).toMatchObject({ proof: 'OPTIMAL' });
  });
});
