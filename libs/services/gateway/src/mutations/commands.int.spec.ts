import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InviteInstitution, PublishMicroCredential, Recognitions } from '@mcr/contracts';
import { Refusal, newCtid, type InputOf, type OutputOf, type RefusalCode } from '@mcr/event-kit';
import { Seed } from '../testing/seed.ts';
import { RunningGateway } from '../testing/start-gateway.ts';

const INVITE = `mutation ($i: InviteInstitutionInput!) { inviteInstitution(input: $i) {
  __typename ... on Institution { ctid code name fr: name(lang: FR) status } ... on Refusal { code message errors { pointer code message hint } } } }`;
const PUBLISH = `mutation ($i: PublishMicroCredentialInput!) { publishMicroCredential(input: $i) {
  __typename ... on MicroCredentialVersion { version ruleResults { ruleId } } ... on RulesNotMet { errors { ruleId pointer } } } }`;
const invited = (invitation: InputOf<typeof InviteInstitution>): OutputOf<typeof InviteInstitution> => ({
  ...invitation,
  ctid: newCtid(),
  status: 'INVITED',
  version: 1,
});
const input = { code: 'BCIT', name: { en: 'Institute', fr: 'Institut' }, agentType: 'INSTITUTE', region: 'Mainland/Southwest' };

describe('a command sent as a mutation', () => {
  let gateway: RunningGateway;
  let registrar: string;
  beforeAll(async () => {
    gateway = await RunningGateway.start();
    registrar = await gateway.token('ministry-registrar');
  });
  beforeEach(() => {
    gateway.neighbours.asked.length = 0;
    gateway.neighbours.on(InviteInstitution, invited);
  });
  afterAll(() => gateway.close());

  const refuse = (code: RefusalCode) =>
    gateway.neighbours.on(InviteInstitution, () => {
      throw new Refusal(code);
    });

  it('reaches its service with the caller who sent it, and answers what it answers', async () => {
    const { data, errors } = await gateway.ask(INVITE, { i: input }, registrar);
    expect(errors).toBeUndefined();
    expect(data!['inviteInstitution']).toMatchObject({ __typename: 'Institution', code: 'BCIT', name: 'Institute', fr: 'Institut', status: 'INVITED' });
    expect(gateway.neighbours.asked).toEqual([
      expect.objectContaining({
        operation: 'inviteInstitution',
        input: { code: 'BCIT', name: { 'en-CA': 'Institute', 'fr-CA': 'Institut' }, agentType: 'INSTITUTE', region: 'Mainland/Southwest' },
        context: expect.objectContaining({ principal: expect.objectContaining({ roles: ['ministry-registrar'] }) }),
      }),
    ]);
  });

  it('answers a refusal that the command lists as its type', async () => {
    refuse('CODE_TAKEN');
    const { data, errors } = await gateway.ask(INVITE, { i: input }, registrar);
    expect({ data, errors }).toEqual({
      data: { inviteInstitution: { __typename: 'CodeTaken', code: 'CODE_TAKEN', message: expect.any(String), errors: [] } },
      errors: undefined,
    });
  });

  it('answers every fault of its input at once, in the words that the caller used', async () => {
    const faulty = { ...input, code: 'x', ctid: 'nothing', name: { en: '', fr: '' }, region: 'Atlantis' };
    const { data } = await gateway.ask(INVITE, { i: faulty }, registrar);
    const { errors, ...refusal } = data!['inviteInstitution'] as { errors: { pointer: string }[] };
    expect(refusal).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT' });
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/code', '/ctid', '/name/en', '/name/fr', '/region']);
    expect(gateway.neighbours.asked).toEqual([]);
  });

  it('carries the rules that are not met', async () => {
    gateway.neighbours.on(PublishMicroCredential, () => {
      throw new Refusal('RULES_NOT_MET', undefined, { faults: [{ pointer: '/totalHours', code: 'RULE_NOT_MET', message: 'Too long.', ruleId: 'D1' }] });
    });
    const { data } = await gateway.ask(PUBLISH, { i: { ctid: newCtid(), version: 1 } }, registrar);
    expect(data).toEqual({ publishMicroCredential: { __typename: 'RulesNotMet', errors: [{ ruleId: 'D1', pointer: '/totalHours' }] } });
  });

  it.each([
    ['UNAVAILABLE', 'UNAVAILABLE'],
    ['FORBIDDEN', 'FORBIDDEN'],
    ['IDEMPOTENCY_CONFLICT', 'IDEMPOTENCY_CONFLICT'],
    ['INTERNAL', 'INTERNAL_SERVER_ERROR'],
  ] as const)('is an error of the request for what the command does not list: %s', async (code, shown) => {
    refuse(code);
    const { status, data, errors } = await gateway.ask(INVITE, { i: input }, registrar);
    expect({ status, data }).toEqual({ status: 200, data: { inviteInstitution: null } });
    expect(errors).toEqual([expect.objectContaining({ path: ['inviteInstitution'], extensions: expect.objectContaining({ code: shown }) })]);
  });

  it('needs a token, and a role that may', async () => {
    const codes = await Promise.all(
      [undefined, await gateway.token('learner'), await gateway.token('institution', 'BCIT'), 'a.bad.token'].map(
        async (token) => (await gateway.ask(INVITE, { i: input }, token)).errors![0]!.extensions.code,
      ),
    );
    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
    expect(gateway.neighbours.asked).toEqual([]);
  });

  it('is refused by its type before it is sent when it has not the shape', async () => {
    const { status, errors } = await gateway.ask(INVITE, { i: { code: 'BCIT', unknown: true } }, registrar);
    expect(status).toBe(400);
    expect(new Set(errors!.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(errors!.length).toBeGreaterThan(1);
  });

  it('fails alone among the mutations of one operation', async () => {
    gateway.neighbours.on(InviteInstitution, (invitation) => {
      if (invitation.code === 'UBC') throw new TypeError('a bug');
      return invited(invitation);
    });
    const query =
      'mutation ($a: InviteInstitutionInput!, $b: InviteInstitutionInput!) { a: inviteInstitution(input: $a) { __typename } b: inviteInstitution(input: $b) { __typename } }';
    const { data, errors } = await gateway.ask(query, { a: { ...input, code: 'UBC' }, b: input }, registrar);
    expect(data).toEqual({ a: null, b: { __typename: 'Institution' } });
    expect(errors).toHaveLength(1);
  });
});

describe('the question what something counts for', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await RunningGateway.start();
  });
  afterAll(() => gateway.close());

  const query = `query ($held: [HeldMicroCredentialInput!]!) { recognitions(held: $held) {
    receiver { code } agreement { id kind startDate endDate } microCredentials { name } status grants { course subject level credits } reasons { code message } } }`;

  it('is answered by the pathways service, to everyone, with names from the registry', async () => {
    const seed = new Seed(gateway.store);
    const ubc = await seed.institution({ code: 'UBC' });
    const { ctid } = await seed.microCredential(ubc);
    const agreement = { ctid: newCtid(), kind: 'ASSIGNED' as const, startDate: '2026-01-01' };
    const reasons = [{ code: 'AGREEMENT_APPLIES' as const, message: 'It applies.' }];
    gateway.neighbours.on(Recognitions, ({ held }): OutputOf<typeof Recognitions> => ({
      recognitions: [
        {
          receivingOrganization: ubc.ctid,
          agreement,
          microCredentials: [held![0]!.microCredential],
          status: 'GUARANTEED',
          grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
          reasons,
        },
        { microCredentials: [newCtid()], status: 'NOT_APPLICABLE', grants: [], reasons: [] },
      ],
      asOf: '2026-09-01',
      graphVersion: 7,
    }));
    const { data, errors } = await gateway.ask(query, { held: [{ microCredential: ctid, completedOn: '2026-05-01', grade: null }] });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      recognitions: [
        {
          receiver: { code: 'UBC' },
          agreement: { id: agreement.ctid, kind: 'ASSIGNED', startDate: '2026-01-01', endDate: null },
          microCredentials: [{ name: 'Data Visualization Essentials' }],
          status: 'GUARANTEED',
          grants: [{ course: 'STAT 200', subject: 'STAT', level: null, credits: 3 }],
          reasons: [{ code: 'AGREEMENT_APPLIES', message: 'It applies.' }],
        },
        { receiver: null, agreement: null, microCredentials: [], status: 'NOT_APPLICABLE', grants: [], reasons: [] },
      ],
    });
  });

  it('is refused with every fault when it cannot be asked so', async () => {
    const { data, errors } = await gateway.ask(query, { held: [{ microCredential: 'x', completedOn: '2026-05-01', grade: 101 }] });
    expect(data).toEqual({ recognitions: null });
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', errors: [{ pointer: '/held/0/microCredential' }, { pointer: '/held/0/grade' }] });
    expect((await gateway.ask(query, { held: [{ microCredential: 'x', completedOn: '2026-02-30' }] })).status).toBe(400);
  });
});
