import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit, ReplayedAnswer } from '@mcr/contracts';
import { type OutputOf, Refusal, newCtid } from '@mcr/event-kit';
import { asOf, basis, CERTIFIED, BASIS, named, shownCertified, QuestionSetting } from '../../testing/question-setting.ts';
import type { RunningGateway } from '../../testing/start-gateway.ts';

let setting: QuestionSetting;
let gateway: RunningGateway;
let advisor: string;
let pathway: string;
let taught: string;
beforeAll(async () => {
  setting = await QuestionSetting.start();
  ({ gateway, advisor, pathway, taught } = setting);
});
beforeEach(() => void (gateway.neighbours.asked.length = 0));
afterAll(() => gateway.close());

describe('An audit', () => {
  const query = `query ($p: ID!, $h: [CompletionInput!]!) { audit(pathway: $p, held: $h, asOf: "${asOf}") {
    verdict proven requirements { id met have need measure } pathway { name } ${CERTIFIED} ${BASIS} } }`;

  it('is answered by the pathways service, to everyone, with names from the registry', async () => {
    const standing = { id: 'statistics', met: true, have: 1, need: 1, measure: 'PIECES' as const };
    gateway.neighbours.on(Audit, (): OutputOf<typeof Audit> => ({
      pathway,
      version: 1,
      verdict: 'COMPLETE',
      proven: true,
      requirements: [standing],
      limits: [],
      ...setting.certified(),
      ...basis,
    }));
    expect(await gateway.ask(query, setting.variables())).toEqual({
      status: 200,
      data: { audit: { verdict: 'COMPLETE', proven: true, requirements: [standing], pathway: named, ...shownCertified, ...basis } },
    });
  });

  it('is an error of the request when there is no such pathway, or when it cannot be asked so', async () => {
    gateway.neighbours.on(Audit, () => {
      throw new Refusal('PATHWAY_NOT_FOUND');
    });
    const extensions = async (p: string, h: object[]) => (await gateway.ask(query, { p, h })).errors![0]!.extensions;
    expect(await extensions(newCtid(), [])).toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
    expect(await extensions('x', [{ microCredential: 'y', completedOn: '2026-05-01', grade: 101 }])).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '/pathway' }, { pointer: '/held/0/microCredential' }, { pointer: '/held/0/grade' }],
    });
  });
});

describe('A question of a learner, or by consent', () => {
  it('is asked as it was written, and shows the awards that it was about with the names of the registry', async () => {
    const award = `urn:uuid:00000000-0000-4000-8000-000000000001`;
    const awards = [{ award, microCredential: taught, completedOn: '2026-05-01', status: 'REVOKED' as const }];
    gateway.neighbours.on(Audit, (): OutputOf<typeof Audit> => ({
      pathway,
      version: 1,
      verdict: 'INCOMPLETE',
      proven: true,
      requirements: [],
      limits: [],
      assignment: [],
      agreements: [],
      lost: [],
      ...basis,
      awards,
    }));
    const query = (whose: string) => `query ($p: ID!) { audit(pathway: $p, ${whose}) { awards { award completedOn status microCredential { ctid } } } }`;
    const shown = { award, completedOn: '2026-05-01', status: 'REVOKED', microCredential: { ctid: taught } };
    const consent = '0f6b2a4d-9c31-4e7a-b5d8-6a7c8e9f0b12';
    for (const [written, whose] of [
      ['mine: true', { mine: true }],
      [`consent: "${consent}"`, { consent }],
    ] as const) {
      expect(await gateway.ask(query(written), { p: pathway }, advisor)).toEqual({ status: 200, data: { audit: { awards: [shown] } } });
      expect(setting.asked()).toEqual({ pathway, declares: [], ...whose });
    }
    const both = await gateway.ask(query(`mine: true, consent: "${consent}"`), { p: pathway }, advisor);
    expect(both.errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/held' }] });
  });
});

describe('An answer of before', () => {
  const query =
    'query ($id: ID!) { replayedAnswer(id: $id) { id question givenAt asOf graphVersion answer factsChanged answerNow differences { pointer before after } refusedNow } }';

  it('is shown byte for byte, with where it differs now', async () => {
    const id = basis.answerId;
    const replayed: OutputOf<typeof ReplayedAnswer> = {
      id,
      question: 'audit',
      givenAt: '2026-09-01T12:00:00.000Z',
      asOf,
      graphVersion: 7,
      answer: '{"verdict":"COMPLETE"}',
      factsChanged: true,
      answerNow: '{"verdict":"INCOMPLETE"}',
      differences: [{ pointer: '/verdict', before: '"COMPLETE"', after: '"INCOMPLETE"' }],
    };
    gateway.neighbours.on(ReplayedAnswer, () => replayed);
    expect((await gateway.ask(query, { id }, advisor)).data).toEqual({ replayedAnswer: { ...replayed, refusedNow: null } });
    expect((await gateway.ask(query, { id })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it("is not there where there is none, or it is somebody else's", async () => {
    gateway.neighbours.on(ReplayedAnswer, () => {
      throw new Refusal('NOT_FOUND');
    });
    expect((await gateway.ask(query, { id: basis.answerId }, advisor)).errors![0]!.extensions.code).toBe('NOT_FOUND');
    expect((await gateway.ask(query, { id: '1' }, advisor)).errors![0]!.extensions).toMatchObject({ errors: [{ pointer: '/id' }] });
  });
});
