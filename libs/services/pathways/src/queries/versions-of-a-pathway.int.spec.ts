import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishPathway, Recognitions, ReplayedAnswer, RetirePathway } from '@mcr/contracts';
import { type CallerInput, newCtid } from '@mcr/event-kit';
import { principals } from '@mcr/testing';
import { AdvisedProvince, aMicroCredentialOf, bcit, certificate, ctids, diploma, held, refusalOf } from '../testing/advised-province.ts';
import { logMicroCredential } from '../testing/other-services.ts';

type Pathway = CallerInput<typeof PublishPathway>;

const { cheap, dear } = ctids;
const complete = [...held, { microCredential: cheap, completedOn: '2026-06-01' }];
const [FIRST, CHANGE] = ['2026-01-01', '2027-09-01'];
/** A day of this year, the last day before the change, its first day, and a day after. */
const [now, before, on, after] = ['2026-11-02', '2027-08-31', CHANGE, '2028-03-01'] as const;

let province: AdvisedProvince;
const publish = (pathway: Pathway) => province.registry.call(PublishPathway, pathway, principals.registrar);

/** Of this year's calendar: the course and 1.5 credits. */
const thisYear = (): Pathway => ({ ...certificate, ctid: newCtid(), startDate: FIRST });
/** Of next year's: the course, 4.5 credits, and no more than the course shared with the diploma. */
const nextYear = (pathway: Pathway): Pathway => ({
  ...pathway,
  version: 2,
  startDate: CHANGE,
  requirement: {
    node: 'ALL',
    id: 'root',
    of: [
      { node: 'COURSE', id: 'statistics', course: 'STAT 200' },
      { node: 'CREDITS', id: 'more', min: 4.5, from: { subjects: ['DATA'] } },
    ],
  },
  limits: [],
  sharing: { maxUses: 1, across: [{ with: diploma.ctid!, credits: 0 }] },
});

/** Another micro-credential of BCIT. */
async function taught(): Promise<string> {
  const one = aMicroCredentialOf(bcit.ctid, 10, 3, 10);
  await logMicroCredential(province.registry, one);
  return one.ctid;
}

const two = thisYear();
const pathway = two.ctid!;
beforeAll(async () => {
  province = await AdvisedProvince.start();
  await publish(two);
  await publish(nextYear(two));
});
afterAll(() => province.close());

const versions = async (ask: (asOf: string) => Promise<unknown>, ...days: string[]) => {
  const answers = [];
  for (const day of days) answers.push(await ask(day));
  return answers;
};

describe('A pathway whose next version was published in advance', () => {
  it('is audited by the version of the day', async () => {
    const audits = await versions((asOf) => province.audit({ pathway, held: complete, asOf }), '2025-12-31', FIRST, now, before, on, after);
    expect(audits).toMatchObject([
      { pathway, version: 1 },
      { pathway, version: 1, verdict: 'INCOMPLETE' },
      { pathway, version: 1, verdict: 'COMPLETE', requirements: [{ id: 'root' }, { id: 'statistics' }, { id: 'electives' }], limits: [{ id: 'total' }] },
      { pathway, version: 1, verdict: 'COMPLETE' },
      { pathway, version: 2, verdict: 'INCOMPLETE', requirements: [{ id: 'root' }, { id: 'statistics' }, { id: 'more', have: 1.5, need: 4.5 }], limits: [] },
      { pathway, version: 2, verdict: 'INCOMPLETE' },
    ]);
  });

  it('is planned for by the version of the day, alone and among all that can be begun, with trade-offs and in reach', async () => {
    const alone = await versions((asOf) => province.plan({ pathway, asOf }), now, before, on);
    expect(alone).toMatchObject([
      { pathway, version: 1, plan: [cheap] },
      { pathway, version: 1, plan: [cheap] },
      { pathway, version: 2, plan: [cheap, dear].sort(), assignment: expect.arrayContaining([expect.objectContaining({ place: 'more' })]) },
    ]);
    const among = { among: { pathways: [pathway] } };
    expect(await versions((asOf) => province.plan({ ...among, asOf }), now, on)).toMatchObject([{ version: 1 }, { version: 2 }]);
    expect(await versions((asOf) => province.tradeOffs({ pathway, asOf }), now, on)).toMatchObject([{ version: 1 }, { version: 2 }]);
    const reached = await versions(
      async (asOf) => (await province.inReach({ asOf, budgets: { cost: 2000 } })).pathways.filter((one) => one.pathway === pathway),
      '2025-12-31',
      now,
      before,
      on,
    );
    expect(reached).toMatchObject([[], [{ version: 1, plan: { plan: [cheap] } }], [{ version: 1 }], [{ version: 2, plan: { totals: { count: 2 } } }]]);
  });

  it('shares with another pathway what the version of the day lets it share', async () => {
    const pathways = [pathway, diploma.ctid!];
    expect(await versions((asOf) => province.several({ pathways, asOf }), now, on)).toMatchObject([
      { proof: 'OPTIMAL', pathways: [{ pathway, version: 1 }, { version: 1 }] },
      { proof: 'INFEASIBLE', pathways: [{ pathway, version: 2 }, { version: 1 }] },
    ]);
  });

  it('says why not by the version of the day, and knows its requirements by their ids', async () => {
    const has = [{ microCredential: dear, completedOn: '2026-06-01' }];
    const ask = (requirement: string, asOf: string) => province.whyNot({ pathway, requirement, microCredentials: [dear], held: has, asOf });
    expect(await ask('electives', before)).toMatchObject({ microCredentials: [{ recognised: true }] });
    expect(await ask('more', on)).toMatchObject({ microCredentials: [{ recognised: true }] });
    expect(await refusalOf(ask('electives', on))).toEqual({ code: 'INVALID_INPUT', faults: ['/requirement INVALID_VALUE'] });
    expect(await refusalOf(ask('more', before))).toEqual({ code: 'INVALID_INPUT', faults: ['/requirement INVALID_VALUE'] });
  });

  it('changes nothing of what micro-credentials are recognised for', async () => {
    const other = thisYear();
    await publish(other);
    const law = await taught();
    await province.agree(law, { subject: 'LAW', credits: 3 }, { programScope: [other.ctid!] });
    const has = [...complete, { microCredential: law, completedOn: '2026-06-01' }];
    const ask = async () => (await province.registry.call(Recognitions, { held: has, asOf: now }, principals.advisor)).recognitions;
    const earlier = await ask();
    await publish(nextYear(other));
    expect(earlier.map(({ microCredentials }) => microCredentials)).toContainEqual([law]);
    expect(await ask()).toEqual(earlier);
  });

  it('answers what was asked of a day before again as it was', async () => {
    const other = thisYear();
    await publish(other);
    const { answerId } = await province.audit({ pathway: other.ctid!, held: complete, asOf: now });
    await publish(nextYear(other));
    const replayed = await province.registry.call(ReplayedAnswer, { id: answerId! }, principals.advisor);
    expect(replayed).toMatchObject({ factsChanged: true, differences: [] });
  });

  it('has requirements of either version that agreements may waive', async () => {
    const other = thisYear();
    const named = (id: string): Pathway['requirement'] => ({ node: 'COURSE', id, course: 'LAW 100' });
    await publish({ ...other, requirement: named('law-of-this-year'), limits: [] });
    await publish({ ...nextYear(other), requirement: named('law-of-next-year') });
    const waiving = (waives: string, from: string) =>
      province.agree(from, { subject: 'LAW', credits: 0, waives } as never, { kind: 'EXEMPTION', programScope: [other.ctid!] });
    const [a, b] = [await taught(), await taught()];
    await waiving('law-of-this-year', a);
    await waiving('law-of-next-year', b);
    expect(await refusalOf(waiving('law-of-no-year', await taught()))).toMatchObject({ faults: ['/grants/0/waives UNKNOWN_REQUIREMENT'] });
    const audit = (item: string, asOf: string) => province.audit({ pathway: other.ctid!, held: [{ microCredential: item, completedOn: '2026-06-01' }], asOf });
    expect([(await audit(a, now)).verdict, (await audit(a, on)).verdict]).toEqual(['COMPLETE', 'INCOMPLETE']);
    expect([(await audit(b, now)).verdict, (await audit(b, on)).verdict]).toEqual(['INCOMPLETE', 'COMPLETE']);
  });
});

describe('Versions of a pathway', () => {
  it('are replaced by one that begins no later than they do, and by nothing else', async () => {
    const other = thisYear();
    const judged = async (...days: string[]) => (await versions((asOf) => province.audit({ pathway: other.ctid!, asOf }), ...days)) as { version: number }[];
    await publish(other);
    await publish(nextYear(other));
    await publish({ ...nextYear(other), version: 3, startDate: '2027-05-01' });
    expect((await judged(now, '2027-04-30', '2027-05-01', on)).map(({ version }) => version)).toEqual([1, 1, 3, 3]);
    await publish({ ...other, version: 4 });
    expect((await judged(FIRST, now, on)).map(({ version }) => version)).toEqual([4, 4, 4]);
  });

  it('are all withdrawn when the pathway is retired', async () => {
    const other = thisYear();
    await publish(other);
    await publish(nextYear(other));
    await province.registry.call(RetirePathway, { ctid: other.ctid! }, principals.registrar);
    for (const asOf of [now, on]) expect(await refusalOf(province.audit({ pathway: other.ctid!, asOf }))).toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
    expect((await province.inReach({ asOf: now, budgets: { cost: 2000 } })).pathways.map((one) => one.pathway)).not.toContain(other.ctid);
  });
});
