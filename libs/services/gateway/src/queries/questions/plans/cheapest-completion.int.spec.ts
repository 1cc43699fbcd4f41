import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CheapestCompletion } from '@mcr/contracts';
import { type OutputOf, Refusal, newCtid } from '@mcr/event-kit';
import { eventually } from '@mcr/testing';
import { asOf, objectives, basis, BASIS, PLAN, named, shownPlan, QuestionSetting } from '../../../testing/question-setting.ts';
import type { RunningGateway } from '../../../testing/start-gateway.ts';

let setting: QuestionSetting;
let gateway: RunningGateway;
let advisor: string;
let pathway: string;
beforeAll(async () => {
  setting = await QuestionSetting.start();
  ({ gateway, advisor, pathway } = setting);
});
beforeEach(() => void (gateway.neighbours.asked.length = 0));
afterAll(() => gateway.close());

describe('The cheapest completion', () => {
  const query = (target: string) => `query ($p: ID!, $h: [CompletionInput!]!) { cheapestCompletion(${target}, held: $h, asOf: "${asOf}", alternatives: 1,
    terms: { objectives: [COUNT, COST], budgets: { cost: 100 }, institutions: ["UBC"], deliveries: [OnlineOnly] }) {
      proof pathway { name } unsolved { name } bound objectives alternatives { ${PLAN} } alternativesComplete ${PLAN} ${BASIS} } }`;
  const best = (): OutputOf<typeof CheapestCompletion> => ({
    pathway,
    version: 1,
    proof: 'FEASIBLE',
    ...setting.plan(),
    bound: 10.5,
    unsolved: [pathway],
    alternatives: [setting.plan()],
    alternativesComplete: false,
    objectives: [...objectives],
    ...basis,
  });

  it('is answered with its proof and the next plans, to whoever is signed in', async () => {
    gateway.neighbours.on(CheapestCompletion, best);
    expect(await gateway.ask(query('pathway: $p'), setting.variables(), advisor)).toEqual({
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
    expect(setting.asked()).toMatchObject({
      pathway,
      objectives: ['COUNT', 'COST'],
      budgets: { cost: 100 },
      institutions: ['UBC'],
      deliveries: ['OnlineOnly'],
      timeBudgetMs: 2000,
      alternatives: 1,
    });
    expect((await gateway.ask(query('pathway: $p'), setting.variables())).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('may be asked for among several pathways, and for one target only', async () => {
    gateway.neighbours.on(CheapestCompletion, best);
    await gateway.ask(query('among: { type: DIPLOMA, institution: "UBC", pathways: [$p] }'), setting.variables(), advisor);
    expect(setting.asked()).toMatchObject({ among: { type: 'DIPLOMA', institution: 'UBC', pathways: [pathway] } });
    expect((await gateway.ask(query('pathway: $p, among: {}'), setting.variables(), advisor)).errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '/pathway' }],
    });
  });

  it('says what is wrong with it where the caller wrote it, whoever found that', async () => {
    const refusalOf = async (document: string) => (await gateway.ask(document, setting.variables(), advisor)).errors![0]!.extensions;
    const tooMuch = query('pathway: $p').replace('cost: 100', 'cost: -1').replace('alternatives: 1', 'alternatives: 6');
    expect(await refusalOf(tooMuch)).toMatchObject({
      code: 'INVALID_INPUT',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/terms/budgets/cost' }), expect.objectContaining({ pointer: '/alternatives' })]),
    });
    const unknown = ['/held/0/microCredential', '/forced/0'].map((pointer) => ({ pointer, code: 'MICRO_CREDENTIAL_NOT_FOUND', message: 'There is none.' }));
    gateway.neighbours.on(CheapestCompletion, () => {
      throw new Refusal('MICRO_CREDENTIAL_NOT_FOUND', undefined, { faults: unknown });
    });
    expect(await refusalOf(query('pathway: $p'))).toMatchObject({
      code: 'MICRO_CREDENTIAL_NOT_FOUND',
      errors: [{ pointer: '/held/0/microCredential' }, { pointer: '/terms/forced/0', message: 'There is none.' }],
    });
  });

  it('shows no plan with a part missing, as long as the registry has not heard of all of it', async () => {
    const { plan, ...more } = best();
    gateway.neighbours.on(CheapestCompletion, () => ({ ...more, plan: [...plan!, newCtid()], alternatives: [] }));
    const { data, errors } = await gateway.ask(query('pathway: $p'), setting.variables(), advisor);
    expect(data).toMatchObject({ cheapestCompletion: { proof: 'FEASIBLE', plan: null } });
    expect(errors).toMatchObject([{ path: ['cheapestCompletion', 'plan'], extensions: { code: 'UNAVAILABLE', retryAfterSeconds: 2 } }]);
  });

  it('tells the service when whoever asked has gone away', async () => {
    let answer: () => void = () => undefined;
    gateway.neighbours.on(CheapestCompletion, (() => new Promise((resolve) => (answer = () => resolve(best())))) as never);
    const leaving = new AbortController();
    const body = JSON.stringify({ query: query('pathway: $p'), variables: setting.variables() });
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

  it('shows no plan where there is none', async () => {
    const none = { assignment: [], agreements: [], lost: [], unsolved: [], alternatives: [], alternativesComplete: true, objectives: [...objectives] };
    gateway.neighbours.on(CheapestCompletion, (): OutputOf<typeof CheapestCompletion> => ({ proof: 'INFEASIBLE', ...none, ...basis }));
    const { data, errors } = await gateway.ask(query('among: {}').replace('$p: ID!, ', ''), setting.variables(), advisor);
    expect({ data, errors }).toMatchObject({
      data: { cheapestCompletion: { proof: 'INFEASIBLE', pathway: null, plan: null, totals: null } },
      errors: undefined,
    });
  });
});
