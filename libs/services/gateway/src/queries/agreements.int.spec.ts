import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProposeAgreement, SignAgreement } from '@mcr/contracts';
import { type OutputOf, Refusal, newCtid } from '@mcr/event-kit';
import { Seed } from '../testing/seed.ts';
import { RunningGateway } from '../testing/start-gateway.ts';

let gateway: RunningGateway;
let seed: Seed;
beforeAll(async () => {
  gateway = await RunningGateway.start();
  seed = new Seed(gateway.store);
});
afterAll(() => gateway.close());

describe('the agreements', () => {
  it('are shown to everyone with all that they say, and who signed on which day', async () => {
    const [bcit, ubc] = [await seed.institution({ code: 'BCIT' }), await seed.institution({ code: 'UBC' })];
    const { ctid } = await seed.microCredential(bcit);
    const pathway = await seed.pathway(ubc);
    const signedBy = (organization: string, signedOn: string) => ({ organization, signedOn, through: 'INSTITUTION' });
    const agreement = await seed.agreement(bcit, ubc, {
      kind: 'CONDITIONAL',
      from: [{ microCredential: ctid, minGrade: 60, maxGrade: 79.5 }],
      grants: [{ subject: 'STAT', credits: 0, areas: ['27'], waives: 'statistics' }],
      endDate: '2026-03-31',
      priority: 5,
      maxAgeMonths: 60,
      requiresUnexpired: true,
      programScope: [pathway.ctid],
      conditions: [{ declares: 'ADMITTED', text: 'Admitted to the program.' }],
      capBucket: 'transfer',
      exclusiveGroup: 'statistics',
      evidenceUrl: 'https://www.example.org/17',
      signatures: [signedBy(bcit.ctid, '2025-11-01'), signedBy(ubc.ctid, '2025-12-01')],
      status: 'TERMINATED',
      reason: 'The course is given no more.',
      aggregateVersion: 5,
    });
    const { data, errors } = await gateway.ask(
      `{ agreements(filter: { status: TERMINATED }, first: 5) { totalCount nodes {
         ctid kind status reason version startDate endDate from { microCredential { ctid } minGrade maxGrade } grants { course subject areas credits waives }
         priority maxAgeMonths requiresUnexpired programScope { ctid name } conditions { declares text } capBucket exclusiveGroup evidenceUrl
         signatures { institution { code } signedOn through } } } }`,
    );
    expect(errors).toBeUndefined();
    const { sendingOrganization: _sender, receivingOrganization: _receiver, aggregateVersion: version, ...said } = agreement;
    expect(data!['agreements']).toEqual({
      totalCount: 1,
      nodes: [
        {
          ...said,
          version,
          from: [{ microCredential: { ctid }, minGrade: 60, maxGrade: 79.5 }],
          grants: [{ course: null, subject: 'STAT', areas: ['27'], credits: 0, waives: 'statistics' }],
          programScope: [{ ctid: pathway.ctid, name: 'Certificate in Data Support' }],
          signatures: [
            { institution: { code: 'BCIT' }, signedOn: '2025-11-01', through: 'INSTITUTION' },
            { institution: { code: 'UBC' }, signedOn: '2025-12-01', through: 'INSTITUTION' },
          ],
        },
      ],
    });
  });

  it('are found by the state that they are in on the day that is asked about', async () => {
    const [sfu, cnc] = [await seed.institution({ code: 'SFU' }), await seed.institution({ code: 'CNC' })];
    const days = { startDate: '2026-02-01', endDate: '2026-02-28' };
    for (const status of ['PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'AGREED']) await seed.agreement(sfu, cnc, { ...days, status });
    const query = `query ($status: AgreementStatus, $asOf: DateTime) { agreements(filter: { sender: "SFU", status: $status }, first: 9, asOf: $asOf) { totalCount } }`;
    const count = async (status: string, asOf: string) =>
      ((await gateway.ask(query, { status, asOf })).data!['agreements'] as { totalCount: number }).totalCount;
    for (const status of ['PROPOSED', 'UNDER_EVALUATION', 'DECLINED']) expect(await count(status, '2026-02-15T20:00:00Z')).toBe(1);
    expect(await count('AGREED', '2026-01-15T20:00:00Z')).toBe(1);
    expect(await count('ACTIVE', '2026-02-28T20:00:00Z')).toBe(1);
    expect(await count('ENDED', '2026-03-01T20:00:00Z')).toBe(1);
    expect(await count('ACTIVE', '2026-03-01T20:00:00Z')).toBe(0);
  });
});

describe('agreeing', () => {
  const PROPOSE = `mutation ($i: ProposeAgreementInput!) { proposeAgreement(input: $i) {
    __typename ... on PublishedAgreement { ctid version status notices { conflict agreement counts decidedBy } } ... on Refusal { errors { pointer code hint } } } }`;
  const SIGN = `mutation ($i: SignAgreementInput!) { signAgreement(input: $i) { __typename ... on PublishedAgreement { status } ... on Refusal { code message } } }`;
  const item = newCtid();
  const terms = { sender: 'BCIT', receiver: 'UBC', kind: 'BLOCK', from: [{ microCredential: item }], startDate: '2027-01-01' };
  const answer = (changes: object) => ({ ctid: newCtid(), version: 1, kind: 'BLOCK', startDate: '2027-01-01', status: 'PROPOSED', notices: [], ...changes });

  it('is for the staff of the institution that acts', async () => {
    gateway.neighbours.on(ProposeAgreement, () => answer({}) as OutputOf<typeof ProposeAgreement>);
    const codes = await Promise.all(
      [undefined, await gateway.token('institution', 'UBC'), await gateway.token('ministry-registrar')].map(
        async (token) => (await gateway.ask(PROPOSE, { i: terms }, token)).errors![0]!.extensions.code,
      ),
    );
    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN']);
    const { data, errors } = await gateway.ask(PROPOSE, { i: terms }, await gateway.token('institution', 'BCIT'));
    expect({ data, errors }).toMatchObject({
      data: { proposeAgreement: { __typename: 'PublishedAgreement', status: 'PROPOSED', notices: [] } },
      errors: undefined,
    });
  });

  it('brings the terms to their service as they were written, with what goes without saying', async () => {
    gateway.neighbours.asked.length = 0;
    gateway.neighbours.on(ProposeAgreement, () => answer({}) as OutputOf<typeof ProposeAgreement>);
    const grants = [{ course: null, subject: 'STAT', level: 200, areas: ['27'], credits: 0, waives: 'statistics' }];
    await gateway.ask(PROPOSE, { i: { ...terms, grants, evidenceUrl: 'https://www.example.org/17' } }, await gateway.token('institution', 'BCIT'));
    const { course: _course, ...grant } = grants[0]!;
    const said = { ...terms, grants: [grant], priority: 0, requiresUnexpired: false, conditions: [], evidenceUrl: 'https://www.example.org/17' };
    expect(gateway.neighbours.asked).toEqual([expect.objectContaining({ operation: 'proposeAgreement', input: said })]);
  });

  it('answers every fault at once, and refusals by their types', async () => {
    const token = await gateway.token('institution', 'BCIT');
    const faulty = { ...terms, from: [], priority: 5000, evidenceUrl: 'http://www.example.org' };
    const { data } = await gateway.ask(PROPOSE, { i: faulty }, token);
    const { errors, __typename } = data!['proposeAgreement'] as { errors: { pointer: string }[]; __typename: string };
    expect([__typename, ...errors.map(({ pointer }) => pointer).sort()]).toEqual(['InvalidInput', '/evidenceUrl', '/from', '/priority']);
    gateway.neighbours.on(SignAgreement, () => {
      throw new Refusal('SAME_SIGNER');
    });
    const sent = { institution: 'UBC', ctid: newCtid(), expectedVersion: 2 };
    const signed = await gateway.ask(SIGN, { i: sent }, await gateway.token('institution', 'UBC'));
    expect(signed.data).toMatchObject({ signAgreement: { __typename: 'SameSigner', code: 'SAME_SIGNER' } });
  });
});
