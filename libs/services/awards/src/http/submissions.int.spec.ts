import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SUBMIT_AWARD, inboundEvent, type PublishedMicroCredential } from '@mcr/contracts';
import { aSubmission } from '@mcr/testing';
import { startAwards, type AwardsRegistry, type Institution } from '../testing/awards-registry.ts';
import { httpClient } from '../testing/http-client.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let ubc: Institution;
let course: PublishedMicroCredential;
let post: ReturnType<typeof httpClient>['post'];
let get: ReturnType<typeof httpClient>['get'];

beforeAll(async () => {
  registry = await startAwards();
  bcit = await registry.anInstitution('BCIT');
  ubc = await registry.anInstitution('UBC');
  course = await registry.aMicroCredentialOf(bcit);
  ({ post, get } = httpClient(registry, bcit));
});
afterAll(() => registry?.close());

const anEvent = (changes: Parameters<typeof aSubmission>[0] = {}) =>
  inboundEvent('BCIT', SUBMIT_AWARD, aSubmission({ microCredentialCtid: course.ctid, ...changes }));

describe('GET /submissions/{submissionId}', () => {
  const faulty = async () => (await post(anEvent({ sourceAwardId: 'seen', hoursCompleted: 400, awardedDate: '2199-01-01' }))).body.submissions[0]!;

  it('says what became of a record, with every fault', async () => {
    const { submissionId, eventId } = await faulty();
    expect(await get(submissionId, await registry.tokenOf(bcit))).toEqual({
      status: 200,
      body: {
        submissionId,
        eventId,
        sourceAwardId: 'seen',
        state: 'REJECTED',
        errors: [
          { pointer: '/awardedDate', code: 'AWARDED_IN_FUTURE', message: expect.any(String), hint: expect.any(String) },
          { pointer: '/hoursCompleted', code: 'HOURS_OUT_OF_RANGE', message: expect.any(String), hint: expect.any(String) },
        ],
      },
    });
  });

  it('names the award of an accepted record', async () => {
    const { submissions } = (await post(anEvent())).body;
    expect((await get(submissions[0]!.submissionId, await registry.tokenOf(bcit))).body).toMatchObject({
      state: 'ACCEPTED',
      awardId: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
    });
  });

  it('is for the institution’s systems and people, and the ministry', async () => {
    const { submissionId } = await faulty();
    const statusFor = async (claims: object) => (await get(submissionId, await registry.token({ sub: 'x', client_id: 'portal', ...claims }))).status;
    expect(await statusFor({ roles: ['institution'], institution: 'BCIT' })).toBe(200);
    expect(await statusFor({ roles: ['ministry-registrar'] })).toBe(200);
    expect(await statusFor({ roles: ['learner'] })).toBe(403);
    expect((await fetch(`${registry.url}/submissions/${submissionId}`)).status).toBe(401);
  });

  it('answers another institution as if there were no such submission', async () => {
    const { submissionId } = await faulty();
    const own = await get(submissionId, await registry.tokenOf(ubc));
    const none = await get(randomUUID(), await registry.tokenOf(ubc));
    const never = await get('no-uuid', await registry.tokenOf(ubc));
    expect([own.status, own.body['code']]).toEqual([404, 'NOT_FOUND']);
    expect([none, never].map(({ status, body }) => ({ status, ...body, instance: '' }))).toEqual(
      [own, own].map(({ status, body }) => ({ status, ...body, instance: '' })),
    );
    expect((await get(submissionId, await registry.token({ sub: 'x', client_id: 'portal', roles: ['institution'], institution: 'UBC' }))).status).toBe(404);
  });
});
