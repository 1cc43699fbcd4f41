import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Audit,
  AwardIssued,
  AwardRevoked,
  type AwardSnapshot,
  CheapestCompletion,
  CompletionTradeOffs,
  CredentialsInReach,
  Recognitions,
  ReplayedAnswer,
  WhyNotRecognised,
} from '@mcr/contracts';
import { anonymous, type Principal } from '@mcr/identity';
import { anAwardSnapshot, eventually, principals } from '@mcr/testing';
import { AdvisedProvince, TODAY, bcit, certificate, ctids, ubc } from '../testing/advised-province.ts';
import { AwardsOfLearners } from '../testing/awards-of-learners.ts';
import { otherServices } from '../testing/other-services.ts';

const awards = new AwardsOfLearners();
const pathway = certificate.ctid!;
const asOf = TODAY;
const ana = { ref: randomUUID(), principal: { ...principals.learner, subject: 'ana@mail.example' } };
const bo = { ref: randomUUID(), principal: { ...principals.learner, subject: 'bo@mail.example' } };
const otherAdvisor: Principal = { ...principals.advisor, subject: 'eve@college.example' };

const earned = (microCredentialCtid: string, changes: Partial<AwardSnapshot> = {}) =>
  anAwardSnapshot({ institutionCtid: bcit.ctid, learnerRef: ana.ref, microCredentialCtid, awardedDate: '2026-05-01', ...changes });
const statistics = earned(ctids.statistics);
const cheap = earned(ctids.cheap, { awardedDate: '2026-05-02' });
const later = earned(ctids.dear, { awardedDate: '2026-05-03', validFrom: '2026-12-01T08:00:00Z' });

let province: AdvisedProvince;
const log = (award: AwardSnapshot) =>
  province.registry.parts('awards').unitOfWork.run(async (tx) => {
    tx.append(AwardIssued, award, { version: 1 });
  });

beforeAll(async () => {
  province = await AdvisedProvince.start([...otherServices.filter(({ name }) => name !== 'awards'), awards.service()]);
  awards.learners.set(ana.principal.subject, ana.ref).set(bo.principal.subject, bo.ref);
  for (const award of [statistics, cheap, later]) await log(award);
  await province.registry.parts('awards').unitOfWork.run(async (tx) => {
    const revoked: AwardSnapshot = { ...cheap, status: 'REVOKED', previousStatus: 'ACTIVE', reasonCode: 'ISSUED_IN_ERROR' };
    tx.append(AwardRevoked, revoked, { version: 2, now: new Date('2026-08-01T19:00:00Z') });
  });
  await eventually(async () => {
    const [row] = await province.registry
      .database('pathways')
      .query<{ count: number }>(`select count(*)::int as count from held_award where aggregate_version = 2 or micro_credential_id <> $1`, [ctids.cheap]);
    expect(row!.count).toBe(3);
  });
});
beforeEach(() => {
  awards.consents.length = 0;
  awards.uses.length = 0;
});
afterAll(() => province.close());

const call = ((definition: never, input: never, principal: Principal) =>
  province.registry.call(definition, input, principal)) as AdvisedProvince['registry']['call'];
const consentTo = (advisor: string, listed?: string[]): string => {
  const id = randomUUID();
  awards.consents.push({ id, advisor, learnerRef: ana.ref, ...(listed && { awards: listed }) });
  return id;
};
const audit = (whose: { consent?: string; mine?: boolean; asOf?: string }, principal: Principal) => call(Audit, { pathway, asOf, ...whose }, principal);

const known = { award: statistics.awardId, microCredential: ctids.statistics, completedOn: '2026-05-01', status: 'ACTIVE' };
const revoked = { award: cheap.awardId, microCredential: ctids.cheap, completedOn: '2026-05-02', status: 'REVOKED' };
const scheduled = { award: later.awardId, microCredential: ctids.dear, completedOn: '2026-05-03', status: 'SCHEDULED' };

describe('A learner', () => {
  it('is answered for what they hold, and told what does not count', async () => {
    const answer = await audit({ mine: true }, ana.principal);
    expect(answer).toMatchObject({ verdict: 'INCOMPLETE', assignment: [{ place: 'statistics' }], awards: [known, revoked, scheduled] });
    expect(JSON.stringify(answer)).not.toContain(ana.ref);
  });

  it('is answered for another day by what held then', async () => {
    const before = await audit({ mine: true, asOf: '2026-07-31' }, ana.principal);
    expect(before).toMatchObject({ verdict: 'COMPLETE', awards: [known, { ...revoked, status: 'ACTIVE' }, scheduled] });
    const after = await audit({ mine: true, asOf: '2026-12-01' }, ana.principal);
    expect(after).toMatchObject({ verdict: 'COMPLETE', awards: [known, revoked, { ...scheduled, status: 'ACTIVE' }] });
    expect((await audit({ mine: true, asOf: '2026-04-30' }, ana.principal)).awards!.map(({ status }) => status)).toEqual(Array(3).fill('SCHEDULED'));
  });

  it('is answered though an award was valid on its own day only: it was earned', async () => {
    const di = { ref: randomUUID(), principal: { ...principals.learner, subject: 'di@mail.example' } };
    awards.learners.set(di.principal.subject, di.ref);
    await log(earned(ctids.statistics, { learnerRef: di.ref, validUntil: '2026-05-01T23:00:00-07:00' }));
    await eventually(async () =>
      expect(await audit({ mine: true }, di.principal)).toMatchObject({ assignment: [{ place: 'statistics' }], awards: [{ status: 'EXPIRED' }] }),
    );
  });

  it('hears of no other learner', async () => {
    expect(await audit({ mine: true }, bo.principal)).toMatchObject({ assignment: [], awards: [] });
    await expect(audit({ mine: true }, { ...bo.principal, subject: 'nobody' })).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
  });
});

describe('An advisor with a consent', () => {
  it('is answered every question, and each is noted for the learner by its name', async () => {
    const consent = consentTo(principals.advisor.subject);
    const who = principals.advisor;
    expect(await audit({ consent }, who)).toMatchObject({ assignment: [{ place: 'statistics' }], awards: [known, revoked, scheduled] });
    expect(await call(CheapestCompletion, { pathway, consent, asOf }, who)).toMatchObject({
      proof: 'OPTIMAL',
      plan: [ctids.cheap],
      awards: [known, revoked, scheduled],
    });
    expect(await call(CredentialsInReach, { consent, asOf, budgets: { count: 3 } }, who)).toMatchObject({ awards: [known, revoked, scheduled] });
    expect(await call(CompletionTradeOffs, { pathway, consent, asOf, objectives: ['COST', 'HOURS'] }, who)).toMatchObject({
      awards: [known, revoked, scheduled],
    });
    const { recognitions } = await call(Recognitions, { consent, asOf }, who);
    expect(recognitions.map(({ microCredentials, status, reasons }) => [microCredentials, status, reasons.map(({ code }) => code)])).toEqual([
      [[ctids.statistics], 'GUARANTEED', ['AGREEMENT_APPLIES']],
      [[ctids.cheap], 'NOT_APPLICABLE', ['REVOKED']],
    ]);
    const whyNot = await call(WhyNotRecognised, { receiver: ubc.code, microCredentials: [ctids.cheap], consent, asOf }, who);
    expect(whyNot.microCredentials).toMatchObject([{ recognised: false, paths: [{ reasons: [{ code: 'REVOKED' }] }] }]);
    expect(awards.uses).toEqual(
      ['audit', 'cheapestCompletion', 'credentialsInReach', 'completionTradeOffs', 'recognitions', 'whyNotRecognised'].map((name) => `${who.subject} ${name}`),
    );
  });

  it('is told of the listed awards and of nothing else', async () => {
    const consent = consentTo(principals.advisor.subject, [cheap.awardId]);
    expect(await audit({ consent }, principals.advisor)).toMatchObject({ assignment: [], awards: [revoked] });
  });

  it('is refused in the same words whatever is wrong with it', async () => {
    const consent = consentTo(principals.advisor.subject);
    const refusals = await Promise.all(
      [audit({ consent }, otherAdvisor), audit({ consent: randomUUID() }, otherAdvisor)].map((asked) =>
        asked.catch((refused: unknown) => JSON.stringify(refused)),
      ),
    );
    expect(refusals[0]).toBe(refusals[1]);
    expect(refusals[0]).toContain('CONSENT_NOT_USABLE');
    expect(awards.uses).toEqual([]);
  });

  it('may have the answer again, and is refused a new one once the consent has ended', async () => {
    const consent = consentTo(principals.advisor.subject);
    const { answerId, graphVersion } = await audit({ consent }, principals.advisor);
    awards.consents.length = 0;
    await province.agree(ctids.statistics, { subject: 'DATA', credits: 0.5 });
    const again = await call(ReplayedAnswer, { id: answerId! }, principals.advisor);
    expect(again).toMatchObject({ graphVersion, factsChanged: true, refusedNow: 'CONSENT_NOT_USABLE' });
    await expect(call(ReplayedAnswer, { id: answerId! }, otherAdvisor)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const kept = await province.registry.database('pathways').query<{ text: string }>('select row_to_json(a)::text as text from answer a');
    expect(kept.map(({ text }) => text).join()).not.toContain(ana.ref);
  });
});

describe('An answer of before about a learner', () => {
  const replay = (answerId: string | undefined, who: Principal) => call(ReplayedAnswer, { id: answerId! }, who);

  it('says that it is otherwise now when what is held has changed, and nothing else', async () => {
    const cy = { ref: randomUUID(), principal: { ...principals.learner, subject: 'cy@mail.example' } };
    awards.learners.set(cy.principal.subject, cy.ref);
    await log(earned(ctids.statistics, { learnerRef: cy.ref }));
    await eventually(async () => expect((await audit({ mine: true }, cy.principal)).awards).toHaveLength(1));
    const { answerId } = await audit({ mine: true }, cy.principal);
    const before = await replay(answerId, cy.principal);
    expect(before).toMatchObject({ factsChanged: false, differences: [] });
    expect(before).not.toHaveProperty('answerNow');
    await log(earned(ctids.cheap, { learnerRef: cy.ref }));
    await eventually(async () => expect(await replay(answerId, cy.principal)).toMatchObject({ factsChanged: true }));
    const { answerNow, differences } = await replay(answerId, cy.principal);
    expect(JSON.parse(answerNow!)).toMatchObject({ verdict: 'COMPLETE' });
    expect(differences).toContainEqual({ pointer: '/verdict', before: '"INCOMPLETE"', after: '"COMPLETE"' });
  });

  it('says that nobody may ask by the consent any more, where no other fact changed either', async () => {
    const consent = consentTo(principals.advisor.subject);
    const { answerId } = await audit({ consent }, principals.advisor);
    expect(await replay(answerId, principals.advisor)).toMatchObject({ factsChanged: false, differences: [] });
    awards.consents.length = 0;
    expect(await replay(answerId, principals.advisor)).toMatchObject({ factsChanged: false, refusedNow: 'CONSENT_NOT_USABLE', differences: [] });
  });
});

describe('Nobody else', () => {
  it.each(['analyst', 'registrar', 'reviewer', 'admin', 'learner'] as const)('asks by a consent: not as %s', async (who) => {
    await expect(audit({ consent: consentTo(principals[who].subject) }, principals[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(['analyst', 'registrar', 'reviewer', 'admin', 'advisor'] as const)('asks as a learner: not as %s', async (who) => {
    await expect(audit({ mine: true }, { ...principals[who], subject: ana.principal.subject })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('asks either without a token, or for an institution', async () => {
    const consent = consentTo('anonymous');
    for (const whose of [{ consent }, { mine: true }]) {
      await expect(audit(whose, anonymous)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      await expect(audit(whose, principals.institution('BCIT'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(audit(whose, principals.client('bcit-publisher'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it.each([{}, { mine: false }, { mine: true, consent: randomUUID() }, { mine: true, held: [] }, { consent: randomUUID(), held: [] }])(
    'is answered who does not say in one way what is held: %j',
    async (whose) => {
      for (const asked of [
        call(Audit, { pathway, ...whose }, ana.principal),
        call(CheapestCompletion, { pathway, ...whose }, ana.principal),
        call(CredentialsInReach, { budgets: { count: 1 }, ...whose }, ana.principal),
        call(CompletionTradeOffs, { pathway, objectives: ['COST', 'HOURS'], ...whose }, ana.principal),
        call(WhyNotRecognised, { pathway, microCredentials: [ctids.cheap], ...whose }, ana.principal),
      ])
        await expect(asked).rejects.toMatchObject({ code: 'INVALID_INPUT', faults: [expect.objectContaining({ pointer: '/held' })] });
      expect(awards.uses).toEqual([]);
    },
  );
});
