import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EndShare, GrantConsent, MyAwards, MyConsents, MyShares, ShareCredential, WithdrawConsent } from '@mcr/contracts';
import { type OutputOf, Refusal } from '@mcr/event-kit';
import { Seed } from '../../testing/seed.ts';
import { RunningGateway } from '../../testing/start-gateway.ts';

const AWARDS = `query ($asOf: DateTime) { myAwards(asOf: $asOf) { id awardedDate status reasonCode institution { code } microCredential { name version } } }`;
const CONSENTS = `{ myConsents { id scope awards audience { advisor institution { code } } purpose expiresAt status uses { usedAt usedBy question } useCount } }`;
const GRANT = `mutation ($i: GrantConsentInput!) { grantConsent(input: $i) {
  __typename ... on Consent { id status uses { question } } ... on Refusal { code errors { pointer code } } } }`;
const WITHDRAW = `mutation ($i: WithdrawConsentInput!) { withdrawConsent(input: $i) { __typename ... on Consent { id status withdrawnAt } ... on Refusal { code } } }`;
const SHARES = '{ myShares { id award createdAt expiresAt status views lastViewedAt } }';
const SHARE = `mutation ($i: ShareCredentialInput!) { shareCredential(input: $i) {
  __typename ... on NewShare { id award status shareToken url } ... on Refusal { code errors { pointer code } } } }`;
const END = 'mutation ($i: EndShareInput!) { endShare(input: $i) { __typename ... on Share { id status } ... on Refusal { code } } }';

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
const share: OutputOf<typeof EndShare> = {
  shareId: randomUUID(),
  awardId: award,
  createdAt: '2026-11-01T00:00:00.000Z',
  expiresAt: '2027-03-01T08:00:00.000Z',
  status: 'OPEN',
  views: 0,
};

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

  it('shares the credential of an award, is told the token once, and sees how often it was used', async () => {
    gateway.neighbours.on(ShareCredential, () => ({ ...share, shareToken: 'a-token', url: 'https://registry.example/awards/1/credential?share=a-token' }));
    gateway.neighbours.on(MyShares, () => [{ ...share, status: 'ENDED' as const, views: 3, lastViewedAt: '2026-11-02T00:00:00.000Z' }, share]);
    const input = { award, expiresAt: '2027-03-01T00:00:00-08:00' };
    const made = await gateway.ask(SHARE, { i: input }, learner);
    expect(made.data!['shareCredential']).toEqual({
      __typename: 'NewShare',
      id: share.shareId,
      award,
      status: 'OPEN',
      shareToken: 'a-token',
      url: 'https://registry.example/awards/1/credential?share=a-token',
    });
    expect(gateway.neighbours.asked.map((asked) => asked.input)).toEqual([input]);
    const shown = { id: share.shareId, award, createdAt: share.createdAt, expiresAt: share.expiresAt };
    expect((await gateway.ask(SHARES, {}, learner)).data!['myShares']).toEqual([
      { ...shown, status: 'ENDED', views: 3, lastViewedAt: '2026-11-02T00:00:00.000Z' },
      { ...shown, status: 'OPEN', views: 0, lastViewedAt: null },
    ]);
    const refused = await gateway.ask(SHARE, { i: { ...input, award: 'urn:uuid:none' } }, learner);
    expect(refused.data!['shareCredential']).toMatchObject({ __typename: 'InvalidInput', errors: [{ pointer: '/award' }] });
  });

  it('ends a share, and hears that there is none of that id', async () => {
    gateway.neighbours.on(EndShare, () => ({ ...share, status: 'ENDED' as const }));
    const ended = await gateway.ask(END, { i: { share: share.shareId } }, learner);
    expect(ended.data!['endShare']).toEqual({ __typename: 'Share', id: share.shareId, status: 'ENDED' });
    gateway.neighbours.on(EndShare, () => {
      throw new Refusal('SHARE_NOT_FOUND');
    });
    const unknown = await gateway.ask(END, { i: { share: randomUUID() } }, learner);
    expect(unknown.data!['endShare']).toEqual({ __typename: 'ShareNotFound', code: 'SHARE_NOT_FOUND' });
  });
});

describe('what is a learner’s', () => {
  const questions = [AWARDS, CONSENTS, SHARES].map((question) => [question, {}] as const);
  const orders = [
    [GRANT, { i: { scope: 'ALL', audience: { advisor: 'adam' }, purpose: 'ADMISSION', expiresAt: '2027-03-01T00:00:00-08:00' } }],
    [WITHDRAW, { i: { consent: consent.consentId } }],
    [SHARE, { i: { award, expiresAt: '2027-03-01T00:00:00-08:00' } }],
    [END, { i: { share: share.shareId } }],
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
