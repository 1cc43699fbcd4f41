import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CompletionOfSeveral, CompletionTradeOffs, CredentialsInReach } from '@mcr/contracts';
import { type OutputOf, newCtid } from '@mcr/event-kit';
import { objectives, totals, basis, CERTIFIED, BASIS, PLAN, named, shownCertified, shownPlan, QuestionSetting } from '../../../testing/question-setting.ts';
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

describe('Credentials in reach', () => {
  it('are shown with names, their plans and what is not known', async () => {
    const reached = [
      { pathway, version: 1, proof: 'OPTIMAL' as const, plan: setting.plan(), bound: 10.5 },
      { pathway: newCtid(), version: 2, proof: 'UNKNOWN' as const, bound: 12 },
    ];
    gateway.neighbours.on(CredentialsInReach, (): OutputOf<typeof CredentialsInReach> => ({ pathways: reached, objectives: [...objectives], ...basis }));
    const query = `query ($h: [CompletionInput!]!) { credentialsInReach(held: $h, scope: { type: CERTIFICATE }, terms: { budgets: { hours: 50 } }) {
      pathways { pathway { name } version proof bound plan { ${PLAN} } } objectives ${BASIS} } }`;
    const { h } = setting.variables();
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
    expect(setting.asked()).toMatchObject({ scope: { type: 'CERTIFICATE' }, budgets: { hours: 50 } });
    expect((await gateway.ask(query.replace('{ hours: 50 }', '{}'), { h }, advisor)).errors![0]!.extensions).toMatchObject({
      errors: [{ pointer: '/terms/budgets' }],
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
  const part = () => ({ pathway, version: 1, ...setting.certified(), adds: { cost: -1, hours: 0, count: 0, terms: 0 }, addsIsProven: true, shared });

  it('is shown with what each of them adds', async () => {
    const { plan: taken, verdict } = setting.plan();
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
    const { p, h } = setting.variables();
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
      plans: [setting.plan()],
      complete: true,
      objectives: ['COST', 'HOURS'],
      ...basis,
    }));
    const query = `query ($p: ID!, $h: [CompletionInput!]!) { completionTradeOffs(pathway: $p, held: $h, terms: { objectives: [COST, HOURS] }) {
      pathway { name } version plans { ${PLAN} } complete objectives ${BASIS} } }`;
    expect((await gateway.ask(query, setting.variables(), advisor)).data).toEqual({
      completionTradeOffs: { pathway: named, version: 1, plans: [shownPlan], complete: true, objectives: ['COST', 'HOURS'], ...basis },
    });
    expect((await gateway.ask(query.replace('[COST, HOURS]', '[COST]'), setting.variables(), advisor)).errors![0]!.extensions).toMatchObject({
      errors: [{ pointer: '/terms/objectives' }],
    });
    expect((await gateway.ask(query, setting.variables())).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
