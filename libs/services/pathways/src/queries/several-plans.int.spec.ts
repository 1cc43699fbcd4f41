import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newCtid } from '@mcr/event-kit';
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
