import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Audit, CheapestCompletion, Recognitions, ReplayedAnswer, RetirePathway, WhyNotRecognised } from '@mcr/contracts';
import { anonymous } from '@mcr/identity';
import { principals } from '@mcr/testing';
import { randomUUID } from 'node:crypto';
import { AdvisedProvince, aMicroCredentialOf, bcit, certificate, ctids, diploma, held, refusalOf } from '../testing/advised-province.ts';
import { logMicroCredential } from '../testing/other-services.ts';
import { MOST_ANSWERS_A_DAY } from '../storage/answers.ts';
import { AnswerSweep } from './answer-sweep.ts';

let province: AdvisedProvince;
beforeAll(async () => void (province = await AdvisedProvince.start()));
afterAll(() => province.close());

const replay = (id: string, who = principals.advisor) => province.registry.call(ReplayedAnswer, { id }, who);
const kept = async () => (await province.registry.database('pathways').query<{ count: number }>('select count(*)::int as count from answer'))[0]!.count;
const aged = (id: string, by: string) =>
  province.registry.database('pathways').query(`update answer set given_at = given_at - $2::interval where id = $1`, [id, by]);

describe('An answer that was given', () => {
  it('is given again, byte for byte, to whoever asked, with what was not changed since', async () => {
    const given = await province.plan({ alternatives: 1 });
    expect(given.answerId).toMatch(/^[0-9a-f-]{36}$/);
    const again = await replay(given.answerId!);
    expect(again).toEqual({
      id: given.answerId,
      question: 'cheapestCompletion',
      givenAt: expect.any(String),
      asOf: '2026-09-01',
      graphVersion: given.graphVersion,
      answer: JSON.stringify(given),
      factsChanged: false,
      differences: [],
    });
    expect((await replay(given.answerId!)).answer).toBe(again.answer);
  });

  it('is none for anybody else, and for nobody who did not sign in', async () => {
    const { answerId } = await province.audit();
    const nobody = await refusalOf(replay(randomUUID()));
    expect(nobody).toMatchObject({ code: 'NOT_FOUND' });
    for (const who of [principals.learner, principals.registrar, principals.admin, principals.institution('UBC')])
      expect(await refusalOf(replay(answerId!, who))).toEqual(nobody);
    expect(await refusalOf(replay(answerId!, anonymous))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await refusalOf(replay('1'))).toMatchObject({ code: 'INVALID_INPUT', faults: ['/id INVALID_FORMAT'] });
  });

  it('is not kept where nobody signed in, nor where another service asks for such a one', async () => {
    const before = await kept();
    for (const who of [anonymous, principals.service]) {
      expect(await province.audit({}, who)).not.toHaveProperty('answerId');
      expect(
        await province.registry.call(Recognitions, { held: held.map(({ microCredential, completedOn }) => ({ microCredential, completedOn })) }, who),
      ).not.toHaveProperty('answerId');
    }
    expect(await kept()).toBe(before);
  });

  it('says, when facts changed since, what is answered to the same question of the same day, and where that differs', async () => {
    const given = await province.plan({ asOf: undefined });
    const cheaper = aMicroCredentialOf(bcit.ctid, 20, 1.5, 4);
    await logMicroCredential(province.registry, cheaper);
    await province.agree(cheaper.ctid, { subject: 'DATA', credits: 1.5 });
    const { answer, factsChanged, answerNow, differences, asOf } = await replay(given.answerId!);
    expect({ answer, factsChanged, asOf }).toEqual({ answer: JSON.stringify(given), factsChanged: true, asOf: given.asOf });
    expect(JSON.parse(answerNow!)).toMatchObject({ plan: [cheaper.ctid], totals: { cost: 20 }, asOf: given.asOf });
    expect(differences).toEqual(
      expect.arrayContaining([
        { pointer: '/plan/0', before: JSON.stringify(ctids.cheap), after: JSON.stringify(cheaper.ctid) },
        { pointer: '/totals/cost', before: '250.5', after: '20' },
      ]),
    );
    expect(differences.map(({ pointer }) => pointer)).not.toContain('/graphVersion');
  });

  it('is the same in every question, and none differs when the facts that changed are not its own', async () => {
    const asked = [
      await province.audit({ pathway: diploma.ctid! }),
      await province.registry.call(Recognitions, { held: [{ microCredential: ctids.statistics, completedOn: '2099-01-01' }] }, principals.advisor),
      await province.inReach({ budgets: { cost: 50 }, scope: { type: 'DIPLOMA' } }),
      await province.tradeOffs(),
      await province.whyNot({ receiver: 'UBC', microCredentials: [ctids.statistics] }),
    ];
    const unrelated = aMicroCredentialOf(bcit.ctid, 1, 3, 1);
    await logMicroCredential(province.registry, unrelated);
    await province.agree(unrelated.ctid, { course: 'NEW 100', subject: 'NEW', credits: 3 });
    for (const given of asked)
      expect(await replay(given.answerId!)).toMatchObject({
        answer: JSON.stringify(given),
        factsChanged: true,
        differences: [],
        answerNow: expect.any(String),
      });
  });

  it('says with which code the question is refused now, and is itself as it was', async () => {
    const given = await province.audit({ pathway: diploma.ctid! });
    await province.registry.call(RetirePathway, { ctid: diploma.ctid! }, principals.registrar);
    expect(await replay(given.answerId!)).toMatchObject({
      answer: JSON.stringify(given),
      factsChanged: true,
      refusedNow: 'PATHWAY_NOT_FOUND',
      differences: [],
    });
  });

  it('is there for a year, and swept away after it', async () => {
    const [young, old] = [await province.audit(), await province.audit()];
    await aged(young.answerId!, '364 days');
    await aged(old.answerId!, '367 days');
    expect(await replay(young.answerId!)).toMatchObject({ id: young.answerId });
    expect(await refusalOf(replay(old.answerId!))).toMatchObject({ code: 'NOT_FOUND' });
    const before = await kept();
    await province.registry.get(AnswerSweep).sweep();
    expect(await kept()).toBe(before - 1);
    expect(await replay(young.answerId!)).toMatchObject({ id: young.answerId });
  });

  it('is not kept beyond five hundred of one asker on one day, has no id then, and whose id was given stays', async () => {
    const database = province.registry.database('pathways');
    const counted = (change: string) => database.query(`update answers_of_day set ${change} where asker = $1`, [principals.advisor.subject]);
    const first = await province.audit();
    await counted(`kept = ${MOST_ANSWERS_A_DAY - 3}`);
    const before = await kept();
    const given = await Promise.all(Array.from({ length: 8 }, () => province.audit()));
    expect(given.filter(({ answerId }) => answerId !== undefined)).toHaveLength(3);
    expect(given.map(({ verdict }) => verdict)).toEqual(given.map(() => 'INCOMPLETE'));
    expect(await kept()).toBe(before + 3);
    expect(await replay(first.answerId!)).toMatchObject({ answer: JSON.stringify(first) });
    expect(await province.audit({}, principals.registrar)).toHaveProperty('answerId');
    await counted('day = day - 2');
    expect(await province.audit()).toHaveProperty('answerId');
    await province.registry.get(AnswerSweep).sweep();
    const days = await database.query<{ kept: number }>('select kept from answers_of_day where asker = $1', [principals.advisor.subject]);
    expect(days).toEqual([{ kept: 1 }]);
  });

  it('is kept with what was asked, and with nothing that nobody asked', async () => {
    const { answerId } = await province.audit({ declares: ['RESIDENT'] });
    const [row] = await province.registry.database('pathways').query('select asker, question, input from answer where id = $1', [answerId]);
    expect(row).toEqual({
      asker: principals.advisor.subject,
      question: Audit.name,
      input: { pathway: certificate.ctid, held, declares: ['RESIDENT'], asOf: '2026-09-01' },
    });
  });
});

describe('What is refused', () => {
  it('is not kept', async () => {
    const before = await kept();
    await refusalOf(province.plan({ forced: [ctids.cheap], forbidden: [ctids.cheap] }));
    await refusalOf(province.registry.call(WhyNotRecognised, { pathway: certificate.ctid!, held, microCredentials: [ctids.dear] }, principals.advisor));
    await refusalOf(province.registry.call(CheapestCompletion, { pathway: certificate.ctid!, held }, principals.service));
    expect(await kept()).toBe(before);
  });
});
