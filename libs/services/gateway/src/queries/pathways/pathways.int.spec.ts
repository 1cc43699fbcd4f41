import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PublishPathway } from '@mcr/contracts';
import { english, newCtid } from '@mcr/event-kit';
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

  it('are shown with what they may share with others, and published with it', async () => {
    const other = newCtid();
    const across = [{ with: other, credits: 4.5 }, { percent: 50 }];
    const { ctid } = await seed.pathway(await seed.institution({ code: 'SFU' }), { sharing: { maxUses: 1, across } });
    const shown = await gateway.ask('query ($ctid: ID!) { pathway(ctid: $ctid) { sharing { maxUses together across { with credits percent } } } }', { ctid });
    expect(shown.data).toEqual({
      pathway: {
        sharing: {
          maxUses: 1,
          together: null,
          across: [
            { with: other, credits: 4.5, percent: null },
            { with: null, credits: null, percent: 50 },
          ],
        },
      },
    });
    gateway.neighbours.on(PublishPathway, () => ({ ctid, version: 1, ownedBy: 'UBC', status: 'PUBLISHED' as const }));
    const mutation = `mutation ($i: PublishPathwayInput!) { publishPathway(input: $i) { __typename ... on Refusal { errors { pointer code } } } }`;
    const input = { ownedBy: 'UBC', name: { en: 'Data' }, kind: 'LADDER', destinationType: 'CERTIFICATE', startDate: '2026-01-01', requirement: tree };
    const publish = async (caps: object[]) => {
      const { data } = await gateway.ask(mutation, { i: { ...input, sharing: { maxUses: 1, across: caps } } }, await gateway.token('institution', 'UBC'));
      return data!['publishPathway'];
    };
    expect(await publish([{ with: other, credits: 4.5, percent: null }])).toEqual({ __typename: 'PathwayVersion' });
    expect(gateway.neighbours.asked).toMatchObject([{ input: { sharing: { maxUses: 1, across: [{ with: other, credits: 4.5 }] } } }]);
    expect(await publish([{ with: other }, { percent: 101 }])).toEqual({
      __typename: 'InvalidInput',
      errors: [
        { pointer: '/sharing/across/0', code: 'INVALID_VALUE' },
        { pointer: '/sharing/across/1/percent', code: 'TOO_BIG' },
      ],
    });
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
