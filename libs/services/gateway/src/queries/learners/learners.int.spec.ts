import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GrantConsent, MyAwards, MyConsents, WithdrawConsent } from '@mcr/contracts';
import { type OutputOf, Refusal } from '@mcr/event-kit';
import { Seed } from '../../testing/seed.ts';
import { RunningGateway } from '../../testing/start-gateway.ts';

const AWARDS = `query ($asOf: DateTime) { myAwards(asOf: $asOf) { id awardedDate status reasonCode institution { code } microCredential { name version } } }`;
const CONSENTS = `{ myConsents { id scope awards audience { advisor institution { code } } purpose expiresAt status uses { usedAt usedBy question } useCount } }`;
const GRANT = `mutation ($i: GrantConsentInput!) { grantConsent(input: $i) {
  __typename ... on Consent { id status uses { question } } ... on Refusal { code errors { pointer code } } } }`;
const WITHDRAW = `mutation ($i: WithdrawConsentInput!) { withdrawConsent(input: $i) { __typename ... on Consent { id status withdrawnAt } ... on Refusal { code } } }`;

const consent: OutputOf<typeof GrantConsent> = {
  consentId: randomUUID(),
  scope: 'ALL',
  audience: { advisor: 'adam' },
  purpose: 'ADMISSION',
  grantedAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2027-03-01T08:00:00.000Z',
  status: 'GRANTED',
};
const award = `urn:uuid:${randomUUID()}`;

let gateway: RunningGateway;
let learner: string;
let bcit: Awaited<ReturnType<Seed['institution']>>;
let welding: Awaited<ReturnType<Seed['microCredential']>>;
beforeAll(async () => {
  gateway = await RunningGateway.start();
  learner = await gateway.token('learner');
  const seed = new Seed(gateway.store);
  bcit = await seed.institution({ code: 'BCIT' });
  welding = await seed.microCredential(bcit, { name: { 'en-CA': 'Welding' } });
});
beforeEach(() => void (gateway.neighbours.asked.length = 0));
afterAll(() => gateway.close());

describe('the learner who is signed in', () => {
  it('sees their awards, with the names that the registry has for them', async () => {
    const held: OutputOf<typeof MyAwards>[number] = {
      awardId: award,
      institutionCtid: bcit.ctid,
      microCredentialCtid: welding.ctid,
      microCredentialVersion: 1,
      awardedDate: '2026-06-01',
      method: 'INSTRUCTION',
      status: 'REVOKED',
      reasonCode: 'ISSUED_IN_ERROR',
    };
    gateway.neighbours.on(MyAwards, () => [held]);
    const { data, errors } = await gateway.ask(AWARDS, { asOf: '2026-07-01T00:00:00-07:00' }, learner);
    expect(errors).toBeUndefined();
    expect(data!['myAwards']).toEqual([
      {
        id: award,
        awardedDate: '2026-06-01',
        status: 'REVOKED',
        reasonCode: 'ISSUED_IN_ERROR',
        institution: { code: 'BCIT' },
        microCredential: { name: 'Welding', version: 1 },
      },
    ]);
    expect(gateway.neighbours.asked).toEqual([
      expect.objectContaining({
        operation: 'myAwards',
        input: { asOf: '2026-07-01T00:00:00-07:00' },
        context: expect.objectContaining({ principal: expect.objectContaining({ subject: 'dev-learner' }) }),
      }),
    ]);
  });

  it('sees their consents, and who asked by them', async () => {
    const uses = [{ usedAt: '2026-11-02T00:00:00.000Z', usedBy: 'eve', question: 'audit' }];
    const ofBcit = { ...consent, scope: 'LISTED' as const, awards: [award], audience: { institutionCtid: bcit.ctid }, uses, useCount: 7 };
    gateway.neighbours.on(MyConsents, () => [ofBcit, { ...consent, uses: [], useCount: 0 }]);
    const { data, errors } = await gateway.ask(CONSENTS, {}, learner);
    expect(errors).toBeUndefined();
    const shown = { id: consent.consentId, purpose: 'ADMISSION', expiresAt: consent.expiresAt, status: 'GRANTED' };
    expect(data!['myConsents']).toEqual([
      { ...shown, scope: 'LISTED', awards: [award], audience: { advisor: null, institution: { code: 'BCIT' } }, uses, useCount: 7 },
      { ...shown, scope: 'ALL', awards: null, audience: { advisor: 'adam', institution: null }, uses: [], useCount: 0 },
    ]);
  });

  it('gives and ends consents, and hears why not', async () => {
    gateway.neighbours.on(GrantConsent, () => consent);
    gateway.neighbours.on(WithdrawConsent, () => {
      throw new Refusal('CONSENT_NOT_FOUND');
    });
    const input = { scope: 'LISTED', awards: [award], audience: { advisor: 'adam' }, purpose: 'ADMISSION', expiresAt: '2027-03-01T00:00:00-08:00' };
    const granted = await gateway.ask(GRANT, { i: input }, learner);
    expect(granted.data!['grantConsent']).toEqual({ __typename: 'Consent', id: consent.consentId, status: 'GRANTED', uses: null });
    expect(gateway.neighbours.asked.map((asked) => asked.input)).toEqual([input]);
    const refused = await gateway.ask(GRANT, { i: { ...input, scope: 'ALL', audience: {} } }, learner);
    expect(refused.data!['grantConsent']).toEqual({
      __typename: 'InvalidInput',
      code: 'INVALID_INPUT',
      errors: [
        { pointer: '/audience', code: 'INVALID_VALUE' },
        { pointer: '/awards', code: 'INVALID_VALUE' },
      ],
    });
    const ended = await gateway.ask(WITHDRAW, { i: { consent: consent.consentId } }, learner);
    expect(ended.data!['withdrawConsent']).toEqual({ __typename: 'ConsentNotFound', code: 'CONSENT_NOT_FOUND' });
  });
});

describe('what is a learner’s', () => {
  const questions = [AWARDS, CONSENTS].map((question) => [question, {}] as const);
  const orders = [
    [GRANT, { i: { scope: 'ALL', audience: { advisor: 'adam' }, purpose: 'ADMISSION', expiresAt: '2027-03-01T00:00:00-08:00' } }],
    [WITHDRAW, { i: { consent: consent.consentId } }],
  ] as const;

  it.each(['ministry-analyst', 'ministry-registrar', 'qa-reviewer', 'advisor', 'admin'])('is not for %s', async (role) => {
    const token = await gateway.token(role);
    for (const [question, variables] of [...questions, ...orders]) {
      const { data, errors } = await gateway.ask(question, variables, token);
      expect([Object.values(data!), errors!.map(({ extensions }) => extensions.code)]).toEqual([[null], ['FORBIDDEN']]);
    }
    expect(gateway.neighbours.asked).toEqual([]);
  });

  it('is for nobody without a token, nor for an institution', async () => {
    for (const [question, variables] of [...questions, ...orders]) {
      const anonymous = await gateway.ask(question, variables);
      expect(anonymous.errors!.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      const institution = await gateway.ask(question, variables, await gateway.token('institution', 'BCIT'));
      expect(institution.errors!.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
    expect(gateway.neighbours.asked).toEqual([]);
  });
});
