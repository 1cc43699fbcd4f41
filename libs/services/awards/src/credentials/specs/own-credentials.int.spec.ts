import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CredentialsOfAwards } from '@mcr/contracts';
import { credentialHash } from '@mcr/credentials';
import { eventually, principals } from '@mcr/testing';
import { asJwt, ownBadge, withProof } from '../../testing/own-badge.ts';
import { type OwnCredentials, startWithOwnCredentials } from '../../testing/own-credentials.ts';
import { revoked } from '../../testing/records.ts';

let story: OwnCredentials;
beforeAll(async () => {
  story = await startWithOwnCredentials();
});
afterAll(() => story?.registry.close());

describe('A credential that its institution signed itself', () => {
  it.each([
    ['eddsa-rdfc-2022', async () => withProof(story.badge(), story.own, 'eddsa-rdfc-2022')],
    ['eddsa-jcs-2022', async () => withProof(story.badge(), story.own, 'eddsa-jcs-2022')],
  ])('with a proof of %s is the award’s credential, as it was sent, and verifies', async (_, make) => {
    const sourceAwardId = randomUUID();
    const document = await make();
    expect(await story.sent(document, { sourceAwardId })).toEqual(['ACCEPTED']);
    const { award_id: awardId, status_list_id: list } = await story.awardOf(sourceAwardId);
    expect(list).toBeNull();
    const json = await story.handedOut(awardId);
    expect(json).toMatchObject({ status: 200, type: 'application/vc' });
    expect(JSON.parse(json.bytes.toString())).toEqual(JSON.parse(JSON.stringify(document)));
    expect(await story.verified(json.bytes)).toEqual({ verdict: 'VALID', failed: [] });
    for (const type of ['image/png', 'image/svg+xml'])
      expect(await story.verified((await story.handedOut(awardId, type)).bytes, type)).toMatchObject({ verdict: 'VALID' });
    expect((await story.handedOut(awardId, 'application/vc+jwt')).status).toBe(406);
    const [event] = await story.registry.sql<{ version: number; event: string }>(
      `select version, event from event_log where key = $1 and type like '%credential.issued%'`,
      [`urn:uuid:${awardId}`],
    );
    const { data } = JSON.parse(event!.event) as { data: object };
    expect({ version: event!.version, data }).toEqual({
      version: 2,
      data: { awardId: `urn:uuid:${awardId}`, credentialId: document.id, hash: credentialHash(document) },
    });
  });

  it('as a JWT is handed out as that JWT, also baked into pictures', async () => {
    const sourceAwardId = randomUUID();
    const jwt = await asJwt(story.badge(), story.own);
    expect(await story.sent(jwt, { sourceAwardId })).toEqual(['ACCEPTED']);
    const { award_id: awardId } = await story.awardOf(sourceAwardId);
    expect(await story.handedOut(awardId)).toMatchObject({ status: 200, type: 'application/vc+jwt', bytes: Buffer.from(jwt) });
    expect(await story.verified(jwt, 'application/vc+jwt')).toEqual({ verdict: 'VALID', failed: [] });
    for (const type of ['image/png', 'image/svg+xml'])
      expect(await story.verified((await story.handedOut(awardId, type)).bytes, type)).toMatchObject({ verdict: 'VALID' });
    expect((await story.handedOut(awardId, 'application/vc')).status).toBe(406);
    const asked = { awards: [`urn:uuid:${awardId}`], verify: true };
    expect(await story.registry.call(CredentialsOfAwards, asked, principals.registrar)).toMatchObject([
      { credential: jwt, verification: { verdict: 'VALID' } },
    ]);
  });

  it.each(['application/vc', 'application/vc+jwt'])('is REVOKED once its institution revokes the award, without an entry in any list: %s', async (type) => {
    const sourceAwardId = randomUUID();
    const document = type === 'application/vc' ? JSON.stringify(await story.signed()) : await asJwt(story.badge(), story.own);
    expect(await story.sent(type === 'application/vc' ? JSON.parse(document) : document, { sourceAwardId })).toEqual(['ACCEPTED']);
    await story.awardOf(sourceAwardId);
    expect(await story.verified(document, type)).toMatchObject({ verdict: 'VALID' });
    await story.take(revoked(story.bcit, { sourceAwardId }));
    expect(await story.verified(document, type)).toMatchObject({ verdict: 'REVOKED' });
  });

  it('stays VALID when its key is retired or found to be compromised later, with which nothing new is taken', async () => {
    const [retiring, leaking] = [
      await story.registry.anOwnKeyFor(story.bcit, story.nextVersion()),
      await story.registry.anOwnKeyFor(story.bcit, story.nextVersion()),
    ];
    const kept = [await story.signed(story.badge(), retiring), await story.signed(story.badge(), leaking)];
    for (const document of kept) {
      const sourceAwardId = randomUUID();
      expect(await story.sent(document, { sourceAwardId })).toEqual(['ACCEPTED']);
      await story.awardOf(sourceAwardId);
    }
    await story.registry.retireKey(retiring.snapshot, story.nextVersion());
    await story.registry.compromiseKey(leaking.snapshot, story.nextVersion());
    for (const document of kept) expect(await story.verified(JSON.stringify(document))).toEqual({ verdict: 'VALID', failed: [] });
    for (const key of [retiring, leaking])
      expect(await story.sent(await story.signed(story.badge(), key))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/proof']);
  });

  it('may name the micro-credential without a version, or by its CTID', async () => {
    for (const id of [story.address, `urn:ctid:${story.course.ctid}`]) {
      const sourceAwardId = randomUUID();
      const document = await story.signed(ownBadge(story.own.snapshot.did, id));
      expect(await story.sent(document, { sourceAwardId })).toEqual(['ACCEPTED']);
      await story.awardOf(sourceAwardId);
      expect(await story.verified(JSON.stringify(document))).toEqual({ verdict: 'VALID', failed: [] });
    }
  });

  it('says the dates, the credits and the learner of its record', async () => {
    const terms = { validFrom: '2026-07-01T00:00:00-07:00', validUntil: '2030-07-01T00:00:00-07:00' };
    const did = `did:example:${randomUUID()}`;
    const record = { ...terms, creditsEarned: 3, learner: { identifiers: [{ type: 'DID' as const, value: did }] } };
    expect(await story.sent(await story.signed(story.badge({ ...terms, validFrom: '2026-07-01T07:00:00Z' }, { id: did, creditsEarned: 3 })), record)).toEqual([
      'ACCEPTED',
    ]);
  });

  it('stays as it is when the record waits for its micro-credential', async () => {
    const later = { ...story.course, ctid: `ce-${randomUUID()}` };
    const sourceAwardId = randomUUID();
    const document = await story.signed(ownBadge(story.own.snapshot.did, `${story.registry.url}/micro-credentials/${later.ctid}`));
    const pending = await story.sent(document, { sourceAwardId, microCredentialCtid: later.ctid });
    expect(pending).toEqual(['PENDING']);
    await story.registry.publishLater(later);
    await story.awardOf(sourceAwardId);
    expect(await story.verified(JSON.stringify(document))).toMatchObject({ verdict: 'VALID' });
  });

  it('sent again is a duplicate; under another award its id is taken', async () => {
    const data = { sourceAwardId: randomUUID() };
    const document = await story.signed();
    expect(await story.sent(document, data)).toEqual(['ACCEPTED']);
    expect(await story.sent(document, data)).toEqual(['DUPLICATE']);
    expect(await story.sent(document)).toEqual(['REJECTED', 'CREDENTIAL_EXISTS /signedCredential/id']);
    expect(await story.sent(await story.signed(), data)).toEqual(['REJECTED', 'IDEMPOTENCY_CONFLICT /revision']);
  });

  it('that comes for two awards at the same moment is taken for one of them', async () => {
    const document = await story.signed();
    const records = [1, 2].map(() => story.record(undefined, { signedCredential: document as never }));
    const states = (await story.take(...records)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['ACCEPTED', 'REJECTED']);
  });
});

describe('Reading signed credentials', () => {
  it('holds up no record that has none, and a revocation that comes meanwhile waits for its award', async () => {
    const document = await story.signed();
    const sourceAwardId = randomUUID();
    const slow = Array.from({ length: 300 }, () => story.record(undefined, { signedCredential: { ...document, name: 'x' } as never }));
    const order: string[] = [];
    const reading = story.take(...slow, story.record(undefined, { sourceAwardId, signedCredential: document as never })).then((answers) => {
      order.push('signed');
      return answers.at(-1)!.state;
    });
    const plain = story.take(story.record()).then(() => order.push('plain'));
    expect(await story.take(revoked(story.bcit, { sourceAwardId }))).toMatchObject([{ state: 'PENDING' }]);
    await plain;
    expect(await reading).toBe('ACCEPTED');
    expect(order).toEqual(['plain', 'signed']);
    await story.awardOf(sourceAwardId);
    await eventually(async () => expect(await story.verified(JSON.stringify(document))).toMatchObject({ verdict: 'REVOKED' }));
  });

  it('has an end: what comes beside thousands is asked to come back, and nothing of it is stored', async () => {
    const records = (count: number) => Array.from({ length: count }, () => story.record(undefined, { signedCredential: {} as never }));
    const first = story.take(...records(1_900));
    const beside = records(200);
    await expect(story.take(...beside)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await story.registry.sql('select from submission where event_id = $1', [beside[0]!.eventId])).toEqual([]);
    expect((await first).every(({ state }) => state === 'REJECTED')).toBe(true);
    expect((await story.take(...beside)).every(({ state }) => state === 'REJECTED')).toBe(true);
  });
});
