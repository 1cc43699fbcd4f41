import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOUDEVENT, CLOUDEVENTS_BATCH, SUBMIT_AWARD, inboundEvent, type InboundEvent, type PublishedMicroCredential } from '@mcr/contracts';
import { createLogger } from '@mcr/runtime';
import { aSubmission } from '@mcr/testing';
import { startAwards, type AwardsRegistry, type Institution } from '../testing/awards-registry.ts';
import { answered, claimsOf, httpClient, type Answered } from '../testing/http-client.ts';

let registry: AwardsRegistry;
let bcit: Institution;
let ubc: Institution;
let course: PublishedMicroCredential;
let post: ReturnType<typeof httpClient>['post'];
let get: ReturnType<typeof httpClient>['get'];

const logged: string[] = [];

beforeAll(async () => {
  registry = await startAwards({}, { log: createLogger('warn', { write: (line) => void logged.push(line) }) });
  bcit = await registry.anInstitution('BCIT');
  ubc = await registry.anInstitution('UBC');
  course = await registry.aMicroCredentialOf(bcit);
  ({ post, get } = httpClient(registry, bcit));
});
afterAll(() => registry?.close());

const anEvent = (changes: Parameters<typeof aSubmission>[0] = {}, code = 'BCIT'): InboundEvent =>
  inboundEvent(code, SUBMIT_AWARD, aSubmission({ microCredentialCtid: course.ctid, ...changes }));

const stored = async (): Promise<number> => (await registry.sql<{ count: number }>('select count(*)::int as count from submission'))[0]!.count;

/** The answer, once it is certain that the request stored nothing. */
async function refused(request: () => Promise<Answered>): Promise<[status: number, code: string]> {
  const before = await stored();
  const { status, body, headers } = await request();
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(await stored()).toBe(before);
  return [status, body.code];
}

describe('POST /events', () => {
  it('takes a structured event and answers with its decision', async () => {
    const event = anEvent();
    const { status, body } = await post(event);
    expect(status).toBe(202);
    expect(body).toEqual({ submissions: [{ eventId: event.id, submissionId: expect.any(String), state: 'ACCEPTED' }] });
  });

  it('takes a batch of 1,000 and answers in the order sent', async () => {
    const events = Array.from({ length: 1000 }, (_, index) => anEvent(index % 2 ? {} : { hoursCompleted: -1 }));
    const { status, body } = await post(events, { type: CLOUDEVENTS_BATCH });
    expect(status).toBe(202);
    expect(body.submissions.map(({ eventId, state }) => [eventId, state])).toEqual(events.map(({ id }, index) => [id, index % 2 ? 'ACCEPTED' : 'REJECTED']));
  });

  it('takes an event in binary mode', async () => {
    const sourceAwardId = `Café ${randomUUID()}`;
    const { id, source, type, data } = anEvent({ sourceAwardId });
    const headers = { 'ce-specversion': '1.0', 'ce-id': id, 'ce-source': source, 'ce-type': type, 'ce-subject': encodeURIComponent(sourceAwardId) };
    expect(await post(data, { type: 'application/json', headers })).toMatchObject({ status: 202, body: { submissions: [{ eventId: id, state: 'ACCEPTED' }] } });
  });

  it('answers a repeat with the first answer', async () => {
    const event = anEvent();
    const first = await post(event);
    expect((await post(event)).body).toEqual(first.body);
  });

  it.each<[string, () => Promise<Answered>, [number, string]]>([
    ['another content type', () => post(anEvent(), { type: 'text/plain' }), [415, 'UNSUPPORTED_MEDIA_TYPE']],
    ['plain JSON', () => post(anEvent(), { type: 'application/json' }), [415, 'UNSUPPORTED_MEDIA_TYPE']],
    ['no JSON', () => post('{"specversion":'), [400, 'MALFORMED_JSON']],
    [
      '1,001 events',
      () =>
        post(
          Array.from({ length: 1001 }, () => anEvent()),
          { type: CLOUDEVENTS_BATCH },
        ),
      [413, 'TOO_MANY_EVENTS'],
    ],
    ['a body of 10 MB', () => post(new Uint8Array(10_000_000).fill(0x20)), [413, 'TOO_LARGE']],
    ['a body of 8.5 MB', () => post(new Uint8Array(8_500_000).fill(0x20)), [413, 'TOO_LARGE']],
    [
      'no token',
      () => fetch(`${registry.url}/events`, { method: 'POST', headers: { 'content-type': CLOUDEVENT }, body: '{}' }).then(answered),
      [401, 'UNAUTHENTICATED'],
    ],
    ['a bad token', () => post(anEvent(), { token: 'bad' }), [401, 'UNAUTHENTICATED']],
    [
      'an expired token',
      async () => post(anEvent(), { token: await registry.token({ ...claimsOf(bcit.clientId), exp: 1_600_000_000 }) }),
      [401, 'UNAUTHENTICATED'],
    ],
    ['a client that is not known here', async () => post(anEvent(), { token: await registry.token(claimsOf('stranger')) }), [401, 'CLIENT_UNKNOWN']],
    ['a token without the scope', async () => post(anEvent(), { token: await registry.token({ ...claimsOf(bcit.clientId), scope: '' }) }), [403, 'FORBIDDEN']],
    [
      'a person of the institution',
      async () => post(anEvent(), { token: await registry.token({ ...claimsOf('portal'), roles: ['institution'], institution: 'BCIT' }) }),
      [403, 'FORBIDDEN'],
    ],
    ['another institution’s source', async () => post(anEvent(), { token: await registry.tokenOf(ubc) }), [403, 'SOURCE_NOT_YOURS']],
    ['a source that is no institution', () => post({ ...anEvent(), source: 'https://example.ca' }), [403, 'SOURCE_NOT_YOURS']],
  ])('refuses %s and stores nothing', async (_, request, answer) => expect(await refused(request)).toEqual(answer));

  it('says when a client that is not known yet should come back', async () => {
    const { headers } = await post(anEvent(), { token: await registry.token(claimsOf('stranger')) });
    expect(headers.get('retry-after')).toBe('1');
  });

  it('does not believe the institution that a token claims', async () => {
    const token = await registry.token({ ...claimsOf(ubc.clientId), roles: ['institution-client', 'institution'], institution: 'BCIT' });
    expect(await refused(() => post(anEvent(), { token }))).toEqual([403, 'SOURCE_NOT_YOURS']);
  });

  it('writes down who tried to publish for another institution, and nothing of the records', async () => {
    logged.length = 0;
    await post(anEvent({ sourceAwardId: 'CANARY-7' }), { token: await registry.tokenOf(ubc) });
    expect(logged.map((line) => JSON.parse(line) as object)).toMatchObject([
      { audit: 'SOURCE_NOT_YOURS', clientId: ubc.clientId, institution: 'UBC', events: 1 },
    ]);
    expect(logged.join()).not.toContain('CANARY');
  });

  it('takes nothing of a batch of which one event is another institution’s, and says which', async () => {
    const request = () => post([anEvent(), anEvent({}, 'UBC'), anEvent(), anEvent({}, 'SFU')], { type: CLOUDEVENTS_BATCH });
    expect(await refused(request)).toEqual([403, 'SOURCE_NOT_YOURS']);
    expect((await request()).body.errors.map(({ pointer }) => pointer)).toEqual(['/1/source', '/3/source']);
  });

  it('takes nothing of a batch with a broken envelope, and names every fault', async () => {
    const request = () => post([anEvent(), { ...anEvent(), id: undefined }, { ...anEvent(), type: 1, source: '' }], { type: CLOUDEVENTS_BATCH });
    expect(await refused(request)).toEqual([400, 'INVALID_EVENT']);
    expect((await request()).body.errors.map(({ pointer, code }) => `${code} ${pointer}`)).toEqual([
      'REQUIRED /1/id',
      'TOO_SMALL /2/source',
      'WRONG_TYPE /2/type',
    ]);
  });

  it('refuses a record of more than a mebibyte alone', async () => {
    const large = { ...anEvent(), data: { ...(anEvent().data as object), extensions: { text: 'x'.repeat(1_048_576) } } };
    const { body } = await post([anEvent(), large, anEvent()], { type: CLOUDEVENTS_BATCH });
    expect(body.submissions.map(({ state }) => state)).toEqual(['ACCEPTED', 'REJECTED', 'ACCEPTED']);
    expect(await get(body.submissions[1]!.submissionId, await registry.tokenOf(bcit))).toMatchObject({ body: { errors: [{ code: 'TOO_LARGE' }] } });
  });

  it('takes no records from a suspended institution, nor from a revoked client', async () => {
    const sfu = await registry.anInstitution('SFU');
    const token = await registry.tokenOf(sfu);
    await registry.suspend(sfu);
    expect(await refused(() => post(anEvent({}, 'SFU'), { token }))).toEqual([403, 'INSTITUTION_SUSPENDED']);
    await registry.revokeClient(sfu);
    expect(await refused(() => post(anEvent({}, 'SFU'), { token }))).toEqual([401, 'CLIENT_REVOKED']);
  });
});
