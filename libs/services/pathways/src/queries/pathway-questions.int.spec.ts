import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Audit, CheapestCompletion, PublishAgreement, PublishPathway, RetirePathway } from '@mcr/contracts';
import { type CallerInput, newCtid } from '@mcr/event-kit';
import { dayOf } from '@mcr/pathway-engine';
import { checkPlan } from '@mcr/pathway-engine/checker';
import { type TestRegistry, aPathway, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import type { GraphFact } from '../domain/facts/graph-fact.ts';
import { Planner } from '../graph/planner.ts';
import { pathways } from '../pathways.service.ts';
import { readWholeGraph } from '../storage/read-graph.ts';
import { logInstitution, logMicroCredential, otherServices } from '../testing/other-services.ts';

const [bcit, ubc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' })];
const taught = (price: number, credits: number) =>
  aPublishedMicroCredential({
    ownedBy: bcit.ctid,
    estimatedCost: [{ price, currency: 'CAD' }],
    creditValue: { value: credits, creditUnitType: 'SemesterHours' },
  });
const [statistics, cheap, dear] = [taught(100, 3), taught(250.5, 1.5), taught(900, 3)];

const certificate = aPathway({
  requirement: {
    node: 'ALL',
    id: 'certificate',
    of: [
      { node: 'COURSE', id: 'statistics', course: 'stat  200' },
      { node: 'CREDITS', id: 'electives', min: 1.5, from: { subjects: ['DATA'] } },
    ],
  },
  limits: [{ id: 'total', limit: 'TOTAL', min: 4.5 }],
});
const pathway = certificate.ctid!;
const held = [{ microCredential: statistics.ctid, completedOn: '2026-05-01', grade: 72.5 }];

let registry: TestRegistry;
const agree = (from: string, grant: { course?: string; subject: string; credits: number }) =>
  registry.call(
    PublishAgreement,
    anAgreement({ kind: grant.course === undefined ? 'UNASSIGNED' : 'ASSIGNED', from: [{ microCredential: from }], grants: [grant] }),
    principals.registrar,
  );
const audit = (question: Partial<CallerInput<typeof Audit>> = {}) =>
  registry.call(Audit, { pathway, held, asOf: '2026-09-01', ...question }, principals.advisor);
const plan = (question: Partial<CallerInput<typeof CheapestCompletion>> = {}) =>
  registry.call(CheapestCompletion, { pathway, held, asOf: '2026-09-01', ...question }, principals.advisor);

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways]);
  for (const institution of [bcit, ubc]) await logInstitution(registry, institution);
  for (const microCredential of [statistics, cheap, dear]) await logMicroCredential(registry, microCredential);
  await agree(statistics.ctid, { course: 'STAT 200', subject: 'STAT', credits: 3 });
  await agree(cheap.ctid, { subject: 'DATA', credits: 1.5 });
  await agree(dear.ctid, { subject: 'DATA', credits: 3 });
  await registry.call(PublishPathway, certificate, principals.registrar);
});
afterAll(() => registry.close());

describe('An audit', () => {
  it('says how every requirement and limit stands, in credits, and which piece of credit fills which place', async () => {
    expect(await audit()).toMatchObject({
      pathway,
      version: 1,
      verdict: 'INCOMPLETE',
      proven: true,
      requirements: [
        { id: 'certificate', met: false, have: 1, need: 2, measure: 'REQUIREMENTS' },
        { id: 'statistics', met: true, have: 1, need: 1, measure: 'PIECES' },
        { id: 'electives', met: false, have: 0, need: 1.5, measure: 'CREDITS' },
      ],
      limits: [{ id: 'total', met: false, have: 3, need: 4.5, measure: 'CREDITS' }],
      assignment: [{ place: 'statistics', grant: { course: 'STAT 200', subject: 'STAT', credits: 3 } }],
    });
  });

  it('is complete with what a plan adds', async () => {
    const more = [...held, { microCredential: cheap.ctid, completedOn: '2026-08-31' }];
    expect(await audit({ held: more })).toMatchObject({ verdict: 'COMPLETE', agreements: [expect.any(String), expect.any(String)] });
  });

  it('counts nothing that was completed after the day of which it is asked', async () => {
    expect(await audit({ asOf: '2026-04-30' })).toMatchObject({ assignment: [], agreements: [] });
  });

  it('is of today where no day is given', async () => {
    expect((await audit({ asOf: undefined })).asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('knows at once what was just published, and nothing any more of what was retired', async () => {
    const other = aPathway();
    await registry.call(PublishPathway, other, principals.registrar);
    const before = await audit({ pathway: other.ctid! });
    expect(before).toMatchObject({ verdict: 'COMPLETE', version: 1 });
    await registry.call(PublishPathway, { ...other, version: 2, requirement: { node: 'COURSE', id: 'law', course: 'LAW 100' } }, principals.registrar);
    const after = await audit({ pathway: other.ctid! });
    expect(after).toMatchObject({ verdict: 'INCOMPLETE', version: 2, graphVersion: before.graphVersion + 1 });
    await registry.call(RetirePathway, { ctid: other.ctid! }, principals.registrar);
    await expect(audit({ pathway: other.ctid! })).rejects.toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
  });

  it('is refused for a pathway that nobody published', async () => {
    await expect(audit({ pathway: newCtid() })).rejects.toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
  });
});

describe('The cheapest completion', () => {
  it('is the proven best plan, with its totals in dollars and hours', async () => {
    expect(await plan()).toMatchObject({
      proof: 'OPTIMAL',
      plan: [cheap.ctid],
      totals: { cost: 250.5, hours: 40, count: 1, terms: 1 },
      bound: 250.5,
      verdict: 'COMPLETE',
      objectives: ['COST', 'HOURS', 'COUNT', 'TERMS'],
    });
  });

  it('stands when it is gone through by the checker, which shares no code with the search', async () => {
    const facts: GraphFact[] = [];
    await readWholeGraph(registry.database('pathways'), (some) => facts.push(...some));
    const of = <Kind extends GraphFact['kind']>(kind: Kind) =>
      facts.flatMap((one) => (one.kind === kind && one.fact ? [one.fact as NonNullable<Extract<GraphFact, { kind: Kind }>['fact']>] : []));
    const known = { microCredentials: of('MICRO_CREDENTIAL'), agreements: of('AGREEMENT'), credentials: of('PATHWAY') };
    const { plan: planned, totals, assignment } = await plan();
    const situation = {
      held: [{ microCredential: statistics.ctid, completedOn: dayOf('2026-05-01'), grade: 7250 }],
      planned: planned!,
      asOf: dayOf('2026-09-01'),
    };
    // Each agreement here has one grant.
    const placements = assignment.map(({ place, agreement }) => ({ place, source: { agreement: agreement!, grant: 0 } }));
    const { cost, hours, count, terms } = totals!;
    const claimed = { COST: cost * 100, HOURS: hours * 60, COUNT: count, TERMS: terms };
    expect(checkPlan(known, pathway, situation, {}, placements, claimed)).toMatchObject({ faults: [], verdict: 'COMPLETE' });
  });

  it('is another when something may not be in it, must be in it, or is not delivered so', async () => {
    expect(await plan({ forbidden: [cheap.ctid] })).toMatchObject({ plan: [dear.ctid], totals: { cost: 900 } });
    expect(await plan({ forced: [dear.ctid] })).toMatchObject({ plan: [dear.ctid] });
    expect(await plan({ deliveries: ['OnlineOnly'] })).toMatchObject({ proof: 'INFEASIBLE', assignment: [] });
  });

  it('does not exist within too small a budget, nor from institutions that teach nothing of it', async () => {
    expect(await plan({ budgets: { cost: 250.49 } })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(await plan({ budgets: { cost: 250.5 } })).toMatchObject({ proof: 'OPTIMAL' });
    expect(await plan({ institutions: ['UBC'] })).toMatchObject({ proof: 'INFEASIBLE' });
    await expect(plan({ institutions: ['BCIT', 'NOBODY'] })).rejects.toMatchObject({
      code: 'INSTITUTION_NOT_FOUND',
      faults: [expect.objectContaining({ pointer: '/institutions/1' })],
    });
  });

  it('is empty for what is complete', async () => {
    const more = [...held, { microCredential: cheap.ctid, completedOn: '2026-08-31' }];
    expect(await plan({ held: more })).toMatchObject({ proof: 'OPTIMAL', plan: [], totals: { cost: 0, count: 0 }, bound: 0 });
  });

  it('is refused for a pathway that nobody published, and to callers whom nobody knows', async () => {
    await expect(plan({ pathway: newCtid() })).rejects.toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
    await expect(registry.call(CheapestCompletion, { pathway, held }, principals.service)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('never says more than is proven when no time was given', async () => {
    expect(['FEASIBLE', 'UNKNOWN', 'OPTIMAL']).toContain((await plan({ timeBudgetMs: 0 })).proof);
  });

  it('is refused to the one whose thread was lost, and given to the others by the next', async () => {
    const waiting = Promise.allSettled(Array.from({ length: 8 }, () => plan()));
    await new Promise((resolve) => setImmediate(resolve));
    await registry.get(Planner).endThread();
    const outcomes = await waiting;
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));
    expect(refused).toEqual(['UNAVAILABLE']);
    expect(await plan()).toMatchObject({ proof: 'OPTIMAL', plan: [cheap.ctid] });
  });

  it('is refused when too many wait for one, and answered for the others', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => plan()));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));
    expect([refused.length, new Set(refused)]).toEqual([24, new Set(['UNAVAILABLE'])]);
  });
});
