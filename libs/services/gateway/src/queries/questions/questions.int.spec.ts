import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Audit,
  CheapestCompletion,
  CompletionOfSeveral,
  CompletionTradeOffs,
  CredentialsInReach,
  type Plan,
  ReplayedAnswer,
  WhyNotRecognised,
} from '@mcr/contracts';
import { type OutputOf, Refusal, newCtid } from '@mcr/event-kit';
import { eventually } from '@mcr/testing';
import type { z } from 'zod';
import { Seed } from '../../testing/seed.ts';
import { RunningGateway } from '../../testing/start-gateway.ts';

const asOf = '2026-09-01';
const objectives = ['COST', 'HOURS', 'COUNT', 'TERMS'] as const;
const totals = { cost: 10.5, hours: 40, count: 1, terms: 1 };

let gateway: RunningGateway;
let advisor: string;
let pathway: string;
let taught: string;
beforeAll(async () => {
  gateway = await RunningGateway.start();
  advisor = await gateway.token('advisor');
  const seed = new Seed(gateway.store);
  const ubc = await seed.institution({ code: 'UBC' });
  pathway = (await seed.pathway(ubc)).ctid;
  taught = (await seed.microCredential(ubc)).ctid;
});
beforeEach(() => void (gateway.neighbours.asked.length = 0));
afterAll(() => gateway.close());

const variables = () => ({ p: pathway, h: [{ microCredential: taught, completedOn: '2026-05-01', grade: null }] });
const asked = () => gateway.neighbours.asked.at(-1)!.input;
const lostTo = newCtid();
const certified = () => ({
  assignment: [{ place: 'statistics', microCredential: taught }],
  agreements: [],
  lost: [{ agreement: newCtid(), to: lostTo, key: 'KIND' as const }],
});
const plan = (): z.infer<typeof Plan> => ({ plan: [taught], totals, verdict: 'COMPLETE', ...certified() });
const basis = { asOf, graphVersion: 7, answerId: '3f2c8f6e-8d2b-4c39-8a01-0b7a4f0f7c11' };

const CERTIFIED = 'assignment { place microCredential { name } agreement { kind } } agreements { kind } lost { key to { kind } }';
const BASIS = 'asOf graphVersion answerId';
const PLAN = `plan { name } totals { cost hours count terms } verdict ${CERTIFIED}`;
const shownCertified = {
  assignment: [{ place: 'statistics', microCredential: { name: 'Data Visualization Essentials' }, agreement: null }],
  agreements: [],
  lost: [{ key: 'KIND', to: null }],
};
const shownPlan = { plan: [{ name: 'Data Visualization Essentials' }], totals, verdict: 'COMPLETE', ...shownCertified };
const named = { name: 'Certificate in Data Support' };

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
      ...certified(),
      ...basis,
    }));
    expect(await gateway.ask(query, variables())).toEqual({
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
      expect(asked()).toEqual({ pathway, declares: [], ...whose });
    }
    const both = await gateway.ask(query(`mine: true, consent: "${consent}"`), { p: pathway }, advisor);
    expect(both.errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/held' }] });
  });
});

describe('The cheapest completion', () => {
  const query = (target: string) => `query ($p: ID!, $h: [CompletionInput!]!) { cheapestCompletion(${target}, held: $h, asOf: "${asOf}", alternatives: 1,
    terms: { objectives: [COUNT, COST], budgets: { cost: 100 }, institutions: ["UBC"], deliveries: [OnlineOnly] }) {
      proof pathway { name } unsolved { name } bound objectives alternatives { ${PLAN} } alternativesComplete ${PLAN} ${BASIS} } }`;
  const best = (): OutputOf<typeof CheapestCompletion> => ({
    pathway,
    version: 1,
    proof: 'FEASIBLE',
    ...plan(),
    bound: 10.5,
    unsolved: [pathway],
    alternatives: [plan()],
    alternativesComplete: false,
    objectives: [...objectives],
    ...basis,
  });

  it('is answered with its proof and the next plans, to whoever is signed in', async () => {
    gateway.neighbours.on(CheapestCompletion, best);
    expect(await gateway.ask(query('pathway: $p'), variables(), advisor)).toEqual({
      status: 200,
      data: {
        cheapestCompletion: {
          proof: 'FEASIBLE',
          pathway: named,
          unsolved: [named],
          bound: 10.5,
          objectives,
          alternatives: [shownPlan],
          alternativesComplete: false,
          ...shownPlan,
          ...basis,
        },
      },
    });
    expect(asked()).toMatchObject({
      pathway,
      objectives: ['COUNT', 'COST'],
      budgets: { cost: 100 },
      institutions: ['UBC'],
      deliveries: ['OnlineOnly'],
      timeBudgetMs: 2000,
      alternatives: 1,
    });
    expect((await gateway.ask(query('pathway: $p'), variables())).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('may be asked for among several pathways, and for one target only', async () => {
    gateway.neighbours.on(CheapestCompletion, best);
    await gateway.ask(query('among: { type: DIPLOMA, institution: "UBC", pathways: [$p] }'), variables(), advisor);
    expect(asked()).toMatchObject({ among: { type: 'DIPLOMA', institution: 'UBC', pathways: [pathway] } });
    expect((await gateway.ask(query('pathway: $p, among: {}'), variables(), advisor)).errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '/pathway' }],
    });
  });

  it('shows no plan where there is none', async () => {
    const none = { assignment: [], agreements: [], lost: [], unsolved: [], alternatives: [], alternativesComplete: true, objectives: [...objectives] };
    gateway.neighbours.on(CheapestCompletion, (): OutputOf<typeof CheapestCompletion> => ({ proof: 'INFEASIBLE', ...none, ...basis }));
    const { data, errors } = await gateway.ask(query('among: {}').replace('$p: ID!, ', ''), variables(), advisor);
    expect({ data, errors }).toMatchObject({
      data: { cheapestCompletion: { proof: 'INFEASIBLE', pathway: null, plan: null, totals: null } },
      errors: undefined,
    });
  });

  it('tells the service when whoever asked has gone away', async () => {
    let answer: () => void = () => undefined;
    gateway.neighbours.on(CheapestCompletion, (() => new Promise((resolve) => (answer = () => resolve(best())))) as never);
    const leaving = new AbortController();
    const body = JSON.stringify({ query: query('pathway: $p'), variables: variables() });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${advisor}` };
    const sent = gateway.send({ method: 'POST', headers, body, signal: leaving.signal }).catch((error: Error) => error.name);
    await eventually(() => expect(gateway.neighbours.asked).toHaveLength(1));
    const { signal } = gateway.neighbours.asked[0]!.context;
    expect(signal!.aborted).toBe(false);
    leaving.abort();
    expect(await sent).toBe('AbortError');
    await eventually(() => expect(signal!.aborted).toBe(true));
    answer();
  });
});

describe('Credentials in reach', () => {
  it('are shown with names, their plans and what is not known', async () => {
    const reached = [
      { pathway, version: 1, proof: 'OPTIMAL' as const, plan: plan(), bound: 10.5 },
      { pathway: newCtid(), version: 2, proof: 'UNKNOWN' as const, bound: 12 },
    ];
    gateway.neighbours.on(CredentialsInReach, (): OutputOf<typeof CredentialsInReach> => ({ pathways: reached, objectives: [...objectives], ...basis }));
    const query = `query ($h: [CompletionInput!]!) { credentialsInReach(held: $h, scope: { type: CERTIFICATE }, terms: { budgets: { hours: 50 } }) {
      pathways { pathway { name } version proof bound plan { ${PLAN} } } objectives ${BASIS} } }`;
    const { h } = variables();
    expect((await gateway.ask(query, { h }, advisor)).data).toEqual({
      credentialsInReach: {
        pathways: [
          { pathway: named, version: 1, proof: 'OPTIMAL', bound: 10.5, plan: shownPlan },
          { pathway: null, version: 2, proof: 'UNKNOWN', bound: 12, plan: null },
        ],
        objectives,
        ...basis,
      },
    });
    expect(asked()).toMatchObject({ scope: { type: 'CERTIFICATE' }, budgets: { hours: 50 } });
    expect((await gateway.ask(query.replace('{ hours: 50 }', '{}'), { h }, advisor)).errors![0]!.extensions).toMatchObject({
      errors: [{ pointer: '/budgets' }],
    });
    expect((await gateway.ask(query, { h })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('One plan for several pathways', () => {
  const query = `query ($ps: [ID!]!, $h: [CompletionInput!]!) { completionOfSeveral(pathways: $ps, held: $h) {
    proof plan { name } totals { cost hours count terms } verdict bound core { kind message requirement objective } coreIsMinimal objectives ${BASIS}
    pathways { pathway { name } version adds { cost hours count terms } addsIsProven shared { with credits most } ${CERTIFIED} } } }`;
  const shared = [
    { with: newCtid(), credits: 3, most: 4.5 },
    { with: newCtid(), credits: 1.5 },
  ];
  const part = () => ({ pathway, version: 1, ...certified(), adds: { cost: -1, hours: 0, count: 0, terms: 0 }, addsIsProven: true, shared });

  it('is shown with what each of them adds', async () => {
    const { plan: taken, verdict } = plan();
    gateway.neighbours.on(CompletionOfSeveral, (): OutputOf<typeof CompletionOfSeveral> => ({
      proof: 'OPTIMAL',
      plan: taken,
      totals,
      verdict,
      bound: 10.5,
      pathways: [part()],
      objectives: [...objectives],
      ...basis,
    }));
    const { p, h } = variables();
    expect((await gateway.ask(query, { ps: [p, newCtid()], h }, advisor)).data).toEqual({
      completionOfSeveral: {
        proof: 'OPTIMAL',
        plan: shownPlan.plan,
        totals,
        verdict: 'COMPLETE',
        bound: 10.5,
        core: null,
        coreIsMinimal: null,
        pathways: [
          {
            pathway: named,
            version: 1,
            adds: { cost: -1, hours: 0, count: 0, terms: 0 },
            addsIsProven: true,
            shared: [shared[0], { ...shared[1], most: null }],
            ...shownCertified,
          },
        ],
        objectives,
        ...basis,
      },
    });
    expect((await gateway.ask(query, { ps: [p], h }, advisor)).errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '/pathways' }],
    });
    expect((await gateway.ask(query, { ps: [p, newCtid()], h })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is explained where there is none', async () => {
    const core = [
      { kind: 'REQUIREMENT' as const, message: 'The requirement statistics.', pathway, requirement: 'statistics' },
      { kind: 'BUDGET' as const, message: 'The budget of cost.', objective: 'COST' as const },
    ];
    gateway.neighbours.on(CompletionOfSeveral, (): OutputOf<typeof CompletionOfSeveral> => ({
      proof: 'INFEASIBLE',
      pathways: [],
      core,
      coreIsMinimal: true,
      objectives: [...objectives],
      ...basis,
    }));
    const { data, errors } = await gateway.ask(query, { ps: [pathway, newCtid()], h: [] }, advisor);
    expect(errors).toBeUndefined();
    expect(data!['completionOfSeveral']).toMatchObject({
      plan: null,
      core: [
        { kind: 'REQUIREMENT', message: 'The requirement statistics.', requirement: 'statistics', objective: null },
        { kind: 'BUDGET', message: 'The budget of cost.', requirement: null, objective: 'COST' },
      ],
      coreIsMinimal: true,
    });
  });
});

describe('The trade-offs of a completion', () => {
  it('are shown as plans', async () => {
    gateway.neighbours.on(CompletionTradeOffs, (): OutputOf<typeof CompletionTradeOffs> => ({
      pathway,
      version: 1,
      plans: [plan()],
      complete: true,
      objectives: ['COST', 'HOURS'],
      ...basis,
    }));
    const query = `query ($p: ID!, $h: [CompletionInput!]!) { completionTradeOffs(pathway: $p, held: $h, terms: { objectives: [COST, HOURS] }) {
      pathway { name } version plans { ${PLAN} } complete objectives ${BASIS} } }`;
    expect((await gateway.ask(query, variables(), advisor)).data).toEqual({
      completionTradeOffs: { pathway: named, version: 1, plans: [shownPlan], complete: true, objectives: ['COST', 'HOURS'], ...basis },
    });
    expect((await gateway.ask(query.replace('[COST, HOURS]', '[COST]'), variables(), advisor)).errors![0]!.extensions).toMatchObject({
      errors: [{ pointer: '/objectives' }],
    });
    expect((await gateway.ask(query, variables())).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('Why something is not recognised', () => {
  const query = `query ($p: ID!, $h: [CompletionInput!]!, $m: [ID!]!) { whyNotRecognised(pathway: $p, requirement: "statistics", held: $h, microCredentials: $m) {
    microCredentials { microCredential { name } recognised complete paths { agreement fixes { kind }
      reasons { code message microCredentials have need fix { kind message atLeast terms { grants { course credits } } } } } } ${BASIS} } }`;

  it('is shown way by way, with reasons and fixes', async () => {
    const fix = { kind: 'GRADE' as const, message: 'A grade of at least 70.', microCredentials: [taught], atLeast: 70 };
    const ask = { kind: 'ASK' as const, message: 'Ask.', terms: { grants: [{ course: 'STAT 200', credits: 3 }] } };
    const reasons = [{ code: 'GRADE_BELOW_MIN' as const, message: 'It is 60.', microCredentials: [taught], have: 60, need: 70, fix }];
    const agreement = newCtid();
    const paths = [
      { agreement, reasons, fixes: [fix] },
      { reasons: [{ code: 'INDIVIDUAL_ASSESSMENT' as const, message: 'Somebody looks.', fix: ask }], fixes: [ask] },
    ];
    gateway.neighbours.on(WhyNotRecognised, (): OutputOf<typeof WhyNotRecognised> => ({
      microCredentials: [{ microCredential: taught, recognised: false, complete: true, paths }],
      ...basis,
    }));
    const { data, errors } = await gateway.ask(query, { ...variables(), m: [taught] }, advisor);
    expect(errors).toBeUndefined();
    const none = { microCredentials: null, have: null, need: null };
    expect(data!['whyNotRecognised']).toEqual({
      microCredentials: [
        {
          microCredential: { name: 'Data Visualization Essentials' },
          recognised: false,
          complete: true,
          paths: [
            {
              agreement,
              fixes: [{ kind: 'GRADE' }],
              reasons: [
                {
                  code: 'GRADE_BELOW_MIN',
                  message: 'It is 60.',
                  microCredentials: [taught],
                  have: 60,
                  need: 70,
                  fix: { kind: 'GRADE', message: 'A grade of at least 70.', atLeast: 70, terms: null },
                },
              ],
            },
            {
              agreement: null,
              fixes: [{ kind: 'ASK' }],
              reasons: [
                {
                  code: 'INDIVIDUAL_ASSESSMENT',
                  message: 'Somebody looks.',
                  ...none,
                  fix: { kind: 'ASK', message: 'Ask.', atLeast: null, terms: { grants: [{ course: 'STAT 200', credits: 3 }] } },
                },
              ],
            },
          ],
        },
      ],
      ...basis,
    });
    expect(asked()).toMatchObject({ pathway, requirement: 'statistics', microCredentials: [taught], timeBudgetMs: 2000 });
  });

  it('is for whoever is signed in, of one target', async () => {
    expect((await gateway.ask(query, { ...variables(), m: [taught] })).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    const two = await gateway.ask(query.replace('pathway: $p', 'pathway: $p, receiver: "UBC"'), { ...variables(), m: [taught] }, advisor);
    expect(two.errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/receiver' }] });
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
