import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheapestCompletion, PublishPathway, RetirePathway } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { aPathway, principals } from '@mcr/testing';
import { AdvisedProvince, certificate, ctids, diploma, held, ofTheFuture, refusalOf } from '../testing/advised-province.ts';

const pathway = certificate.ctid!;
const { cheap, dear } = ctids;
const later = [...held, { microCredential: cheap, completedOn: '2026-08-31' }];

let province: AdvisedProvince;
beforeAll(async () => void (province = await AdvisedProvince.start()));
afterAll(() => province.close());

describe('An audit', () => {
  it('says how every requirement and limit stands, in credits, and which piece of credit fills which place', async () => {
    expect(await province.audit()).toMatchObject({
      pathway,
      version: 1,
      verdict: 'INCOMPLETE',
      proven: true,
      requirements: [
        { id: 'root', met: false, have: 1, need: 2, measure: 'REQUIREMENTS' },
        { id: 'statistics', met: true, have: 1, need: 1, measure: 'PIECES' },
        { id: 'electives', met: false, have: 0, need: 1.5, measure: 'CREDITS' },
      ],
      limits: [{ id: 'total', met: false, have: 3, need: 4.5, measure: 'CREDITS' }],
      assignment: [{ place: 'statistics', grant: { course: 'STAT 200', subject: 'STAT', credits: 3 } }],
      lost: [],
    });
  });

  it('is complete with what a plan adds', async () => {
    expect(await province.audit({ held: later })).toMatchObject({ verdict: 'COMPLETE', agreements: [expect.any(String), expect.any(String)] });
  });

  it('counts nothing that was completed after the day of which it is asked', async () => {
    expect(await province.audit({ asOf: '2026-04-30' })).toMatchObject({ assignment: [], agreements: [] });
  });

  it('is of today where no day is given', async () => {
    expect((await province.audit({ asOf: undefined })).asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('knows at once what was just published, and nothing any more of what was retired', async () => {
    const { registry } = province;
    const other = aPathway();
    await registry.call(PublishPathway, other, principals.registrar);
    const before = await province.audit({ pathway: other.ctid! });
    expect(before).toMatchObject({ verdict: 'COMPLETE', version: 1 });
    await registry.call(PublishPathway, { ...other, version: 2, requirement: { node: 'COURSE', id: 'law', course: 'LAW 100' } }, principals.registrar);
    const after = await province.audit({ pathway: other.ctid! });
    expect(after).toMatchObject({ verdict: 'INCOMPLETE', version: 2, graphVersion: before.graphVersion + 1 });
    await registry.call(RetirePathway, { ctid: other.ctid! }, principals.registrar);
    expect(await refusalOf(province.audit({ pathway: other.ctid! }))).toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
  });

  it('is refused with all that nobody published, and all that cannot be', async () => {
    const unknown = { microCredential: newCtid(), completedOn: '2026-05-01' };
    expect(await refusalOf(province.audit({ pathway: newCtid() }))).toEqual({ code: 'PATHWAY_NOT_FOUND', faults: ['/pathway PATHWAY_NOT_FOUND'] });
    expect(await refusalOf(province.audit({ held: [...held, unknown] }))).toEqual({
      code: 'MICRO_CREDENTIAL_NOT_FOUND',
      faults: ['/held/1/microCredential MICRO_CREDENTIAL_NOT_FOUND'],
    });
    expect(await refusalOf(province.audit({ pathway: newCtid(), held: [{ ...held[0]!, expiresOn: '2026-05-01' }, unknown] }))).toEqual({
      code: 'INVALID_INPUT',
      faults: ['/pathway PATHWAY_NOT_FOUND', '/held/0/expiresOn EMPTY_TERM', '/held/1/microCredential MICRO_CREDENTIAL_NOT_FOUND'],
    });
    expect(await refusalOf(province.audit({ held: Array.from({ length: 10_000 }, () => held[0]!), asOf: '2026-02-30' }))).toEqual({
      code: 'INVALID_INPUT',
      faults: ['/held TOO_BIG', '/asOf INVALID_VALUE'],
    });
  });
});

describe('The cheapest completion', () => {
  it('is the proven best plan, with its totals in dollars and hours', async () => {
    expect(await province.plan()).toMatchObject({
      pathway,
      version: 1,
      proof: 'OPTIMAL',
      plan: [cheap],
      totals: { cost: 250.5, hours: 40, count: 1, terms: 1 },
      bound: 250.5,
      verdict: 'COMPLETE',
      objectives: ['COST', 'HOURS', 'COUNT', 'TERMS'],
      unsolved: [],
      alternatives: [],
    });
  });

  it('has after it the next best plans, none of which holds all of one before it', async () => {
    const { alternatives, alternativesComplete } = await province.plan({ alternatives: 5 });
    expect(alternatives).toMatchObject([{ plan: [dear], totals: { cost: 900 }, assignment: [{ place: 'statistics' }, { place: 'electives' }] }]);
    expect(alternativesComplete).toBe(true);
  });

  it('stands, and the next ones stand, when they are gone through by the checker', async () => {
    const { alternatives, plan, totals, verdict, ...best } = await province.plan({ alternatives: 1 });
    for (const one of [{ ...best, plan: plan!, totals: totals!, verdict: verdict! }, ...alternatives]) {
      expect(await province.check(pathway, one)).toMatchObject({ faults: [], verdict: 'COMPLETE' });
    }
  });

  it('may be for whichever of several pathways it is best for: those named, of a type, of an institution', async () => {
    const both = [diploma.ctid!, pathway];
    expect(await province.plan({ among: { pathways: both } })).toMatchObject({ proof: 'OPTIMAL', pathway, plan: [cheap], bound: 250.5, unsolved: [] });
    expect(await province.plan({ among: { type: 'DIPLOMA' } })).toMatchObject({ proof: 'OPTIMAL', pathway: diploma.ctid, totals: { cost: 1150.5 } });
    expect(await province.plan({ among: { institution: 'UBC', type: 'DEGREE' } })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(await province.plan({ among: { institution: 'BCIT' } })).toMatchObject({ proof: 'INFEASIBLE' });
  });

  it('is for no pathway that can only be begun later, unless it is named', async () => {
    const free = { held: [], among: {} };
    expect((await province.plan(free)).pathway).toBe(pathway);
    expect(await province.plan({ ...free, among: { pathways: [ofTheFuture.ctid!] } })).toMatchObject({ proof: 'OPTIMAL', pathway: ofTheFuture.ctid });
  });

  it('is another when something may not be in it, must be in it, or is not delivered so', async () => {
    expect(await province.plan({ forbidden: [cheap] })).toMatchObject({ plan: [dear], totals: { cost: 900 } });
    expect(await province.plan({ forced: [dear] })).toMatchObject({ plan: [dear] });
    expect(await province.plan({ deliveries: ['OnlineOnly'] })).toMatchObject({ proof: 'INFEASIBLE', assignment: [] });
  });

  it('does not exist within too small a budget, nor from institutions that teach nothing of it', async () => {
    expect(await province.plan({ budgets: { cost: 250.49 } })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(await province.plan({ budgets: { cost: 0 } })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(await province.plan({ budgets: { cost: 250.5 } })).toMatchObject({ proof: 'OPTIMAL' });
    expect(await province.plan({ institutions: ['UBC'] })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(await refusalOf(province.plan({ institutions: ['BCIT', 'NOBODY'] }))).toEqual({
      code: 'INSTITUTION_NOT_FOUND',
      faults: ['/institutions/1 INSTITUTION_NOT_FOUND'],
    });
    expect(await refusalOf(province.plan({ among: { institution: 'NOBODY' } }))).toMatchObject({ faults: ['/among/institution INSTITUTION_NOT_FOUND'] });
  });

  it('is empty for what is complete', async () => {
    expect(await province.plan({ held: later })).toMatchObject({ proof: 'OPTIMAL', plan: [], totals: { cost: 0, count: 0 }, bound: 0 });
  });

  it('is refused with everything that contradicts itself or is not there, and to callers whom nobody knows', async () => {
    const [nowhere, nothing] = [newCtid(), newCtid()];
    expect(await refusalOf(province.plan({ pathway: nowhere, forced: [nothing], forbidden: [cheap, nothing] }))).toEqual({
      code: 'INVALID_INPUT',
      faults: [
        '/pathway PATHWAY_NOT_FOUND',
        '/forced/0 MICRO_CREDENTIAL_NOT_FOUND',
        '/forbidden/1 MICRO_CREDENTIAL_NOT_FOUND',
        '/forced/0 FORCED_AND_FORBIDDEN',
      ],
    });
    expect(await refusalOf(province.plan({ among: { pathways: [pathway, nowhere] } }))).toMatchObject({ faults: ['/among/pathways/1 PATHWAY_NOT_FOUND'] });
    expect(await refusalOf(province.plan({ pathway, among: {} }))).toMatchObject({ code: 'INVALID_INPUT', faults: ['/pathway INVALID_VALUE'] });
    expect(await refusalOf(province.plan({ alternatives: 6, timeBudgetMs: 5_001, budgets: { cost: -1 } }))).toMatchObject({
      faults: ['/budgets/cost TOO_SMALL', '/timeBudgetMs TOO_BIG', '/alternatives TOO_BIG'],
    });
    expect(await refusalOf(province.registry.call(CheapestCompletion, { pathway, held }, principals.service))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('never says more than is proven when no time was given', async () => {
    expect(['FEASIBLE', 'UNKNOWN', 'OPTIMAL']).toContain((await province.plan({ timeBudgetMs: 0 })).proof);
  });
});

describe('The agreements that lost', () => {
  it('are named in audits and plans, with the one that goes first and the key that decided', async () => {
    const assigned = await province.agree(dear, { course: 'DATA 300', subject: 'DATA', credits: 3 });
    const more = [...held, { microCredential: dear, completedOn: '2026-06-01' }];
    const { lost, agreements } = await province.audit({ held: more });
    expect(lost).toMatchObject([{ to: assigned, key: 'KIND' }]);
    expect(agreements).toContain(assigned);
    expect(await province.plan({ forced: [dear] })).toMatchObject({ plan: [dear], lost });
    expect((await province.plan()).lost).toEqual([]);
  });
});
