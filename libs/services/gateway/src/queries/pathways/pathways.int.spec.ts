import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit, CheapestCompletion, PublishPathway } from '@mcr/contracts';
import { type OutputOf, Refusal, english, newCtid } from '@mcr/event-kit';
import { Seed } from '../../testing/seed.ts';
import { RunningGateway } from '../../testing/start-gateway.ts';

let gateway: RunningGateway;
let seed: Seed;
beforeAll(async () => {
  gateway = await RunningGateway.start();
  seed = new Seed(gateway.store);
});
beforeEach(() => void (gateway.neighbours.asked.length = 0));
afterAll(() => gateway.close());

const tree = {
  node: 'ALL',
  id: 'certificate',
  title: 'Certificate',
  of: [
    { node: 'COURSE', id: 'statistics', course: 'STAT 200' },
    { node: 'AT_MOST', id: 'few', max: 3, from: { maxLevel: 100 }, within: { node: 'CREDITS', id: 'electives', min: 4.5, from: { subjects: ['DATA'] } } },
  ],
};

describe('the pathways', () => {
  it('are listed to everyone, with the tree as a list, parents first', async () => {
    const ubc = await seed.institution({ code: 'UBC' });
    const limits = [{ id: 'total', limit: 'TOTAL', min: 30 }];
    const { ctid } = await seed.pathway(ubc, { requirement: tree, limits, name: { ...english('Data'), 'fr-CA': 'Données' } });
    await seed.pathway(await seed.institution({ code: 'SFU' }), { destinationType: 'DEGREE' });
    const { data, errors } = await gateway.ask(
      `{ pathways(filter: { institution: "UBC", destinationType: CERTIFICATE }, first: 5) { totalCount nodes {
         ctid name(lang: FR) version ownedBy { code } kind destinationType startDate endDate status
         requirements { id node parent title course min max from { subjects maxLevel } } limits { id limit min } sharing { maxUses } } } }`,
    );
    expect(errors).toBeUndefined();
    const none = { title: null, course: null, min: null, max: null, from: null };
    expect(data!['pathways']).toEqual({
      totalCount: 1,
      nodes: [
        {
          ctid,
          name: 'Données',
          version: 1,
          ownedBy: { code: 'UBC' },
          kind: 'LADDER',
          destinationType: 'CERTIFICATE',
          startDate: '2026-01-01',
          endDate: null,
          status: 'PUBLISHED',
          requirements: [
            { ...none, id: 'certificate', node: 'ALL', parent: null, title: 'Certificate' },
            { ...none, id: 'statistics', node: 'COURSE', parent: 'certificate', course: 'STAT 200' },
            { ...none, id: 'few', node: 'AT_MOST', parent: 'certificate', max: 3, from: { subjects: null, maxLevel: 100 } },
            { ...none, id: 'electives', node: 'CREDITS', parent: 'few', min: 4.5, from: { subjects: ['DATA'], maxLevel: null } },
          ],
          limits,
          sharing: null,
        },
      ],
    });
    expect((await gateway.ask('query ($ctid: ID!) { pathway(ctid: $ctid) { name } }', { ctid })).data).toEqual({ pathway: { name: 'Data' } });
    expect((await gateway.ask('query ($ctid: ID!) { pathway(ctid: $ctid) { name } }', { ctid: newCtid() })).data).toEqual({ pathway: null });
  });

  it('are published with the tree as the caller wrote it, without what is null', async () => {
    const answer = { ctid: newCtid(), version: 1, ownedBy: 'UBC', status: 'PUBLISHED' as const };
    gateway.neighbours.on(PublishPathway, () => answer);
    const input = {
      ownedBy: 'UBC',
      name: { en: 'Data' },
      kind: 'LADDER',
      destinationType: 'CERTIFICATE',
      startDate: '2026-01-01',
      endDate: null,
      requirement: tree,
    };
    const mutation = `mutation ($i: PublishPathwayInput!) { publishPathway(input: $i) { __typename ... on PathwayVersion { ctid version } ... on Refusal { errors { pointer } } } }`;
    const token = await gateway.token('institution', 'UBC');
    const { data, errors } = await gateway.ask(mutation, { i: input }, token);
    expect({ data, errors }).toEqual({ data: { publishPathway: { __typename: 'PathwayVersion', ctid: answer.ctid, version: 1 } }, errors: undefined });
    expect(gateway.neighbours.asked).toMatchObject([{ input: { requirement: tree, version: 1, limits: [] } }]);
    const faulty = { ...input, requirement: { ...tree, of: [{ ...tree.of[0], k: 2 }] } };
    expect((await gateway.ask(mutation, { i: faulty }, token)).data).toEqual({
      publishPathway: { __typename: 'InvalidInput', errors: [{ pointer: '/requirement/of/0/k' }] },
    });
    expect((await gateway.ask(mutation, { i: { ...input, ownedBy: 'SFU' } }, token)).errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a question about a pathway', () => {
  const asOf = '2026-09-01';
  const held = (microCredential: string) => [{ microCredential, completedOn: '2026-05-01', grade: null }];

  it('is answered by the pathways service, with names from the registry', async () => {
    const ubc = await seed.institution({ code: 'UBC' });
    const [{ ctid: pathway }, { ctid: taught }] = [await seed.pathway(ubc), await seed.microCredential(ubc)];
    const standing = { id: 'statistics', met: true, have: 1, need: 1, measure: 'PIECES' as const };
    const assignment = [{ place: 'statistics', microCredential: taught }];
    const known = { pathway, version: 1, assignment, agreements: [], lost: [], asOf, graphVersion: 7 };
    gateway.neighbours.on(Audit, (): OutputOf<typeof Audit> => ({ ...known, verdict: 'COMPLETE', proven: true, requirements: [standing], limits: [] }));
    gateway.neighbours.on(CheapestCompletion, (): OutputOf<typeof CheapestCompletion> => ({
      ...known,
      proof: 'OPTIMAL',
      plan: [taught],
      totals: { cost: 10.5, hours: 40, count: 1, terms: 1 },
      verdict: 'COMPLETE',
      bound: 10.5,
      objectives: ['COST', 'HOURS', 'COUNT', 'TERMS'],
      unsolved: [],
      alternatives: [],
      alternativesComplete: true,
    }));
    const shown = 'pathway { name } assignment { place microCredential { name } agreement { kind } } agreements { kind } graphVersion asOf';
    const audit = `query ($p: ID!, $h: [CompletionInput!]!) { audit(pathway: $p, held: $h, asOf: "${asOf}") { verdict proven requirements { id met have need measure } ${shown} } }`;
    const names = {
      pathway: { name: 'Certificate in Data Support' },
      assignment: [{ place: 'statistics', microCredential: { name: 'Data Visualization Essentials' }, agreement: null }],
      agreements: [],
      graphVersion: 7,
      asOf,
    };
    const variables = { p: pathway, h: held(taught) };
    expect(await gateway.ask(audit, variables)).toEqual({
      status: 200,
      data: { audit: { verdict: 'COMPLETE', proven: true, requirements: [standing], ...names } },
    });
    const plan = `query ($p: ID!, $h: [CompletionInput!]!) { cheapestCompletion(pathway: $p, held: $h, asOf: "${asOf}",
      terms: { objectives: [COUNT, COST], budgets: { cost: 100 }, institutions: ["UBC"], deliveries: [OnlineOnly] }) {
        proof plan { name } totals { cost hours count terms } verdict bound objectives ${shown} } }`;
    expect(await gateway.ask(plan, variables, await gateway.token('advisor'))).toEqual({
      status: 200,
      data: {
        cheapestCompletion: {
          proof: 'OPTIMAL',
          plan: [{ name: 'Data Visualization Essentials' }],
          totals: { cost: 10.5, hours: 40, count: 1, terms: 1 },
          verdict: 'COMPLETE',
          bound: 10.5,
          objectives: ['COST', 'HOURS', 'COUNT', 'TERMS'],
          ...names,
        },
      },
    });
    expect(gateway.neighbours.asked.at(-1)!.input).toMatchObject({
      objectives: ['COUNT', 'COST'],
      budgets: { cost: 100 },
      institutions: ['UBC'],
      deliveries: ['OnlineOnly'],
      timeBudgetMs: 2000,
    });
    expect((await gateway.ask(plan, variables)).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is an error of the request when there is no such pathway, or when it cannot be asked so', async () => {
    gateway.neighbours.on(Audit, () => {
      throw new Refusal('PATHWAY_NOT_FOUND');
    });
    const query = 'query ($p: ID!, $h: [CompletionInput!]!) { audit(pathway: $p, held: $h) { verdict } }';
    const code = async (p: string, h: object[]) => (await gateway.ask(query, { p, h })).errors![0]!.extensions;
    expect(await code(newCtid(), [])).toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
    expect(await code('x', [{ microCredential: 'y', completedOn: '2026-05-01', grade: 101 }])).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ pointer: '/pathway' }, { pointer: '/held/0/microCredential' }, { pointer: '/held/0/grade' }],
    });
  });
});
