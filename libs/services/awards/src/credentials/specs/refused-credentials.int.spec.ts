import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SUBMIT_AWARD, inboundEvent } from '@mcr/contracts';
import { aSubmission } from '@mcr/testing';
import { httpClient } from '../../testing/http-client.ts';
import { asJwt, ownBadge, withProof } from '../../testing/own-badge.ts';
import { submitted } from '../../testing/records.ts';
import { type OwnCredentials, startWithOwnCredentials } from '../../testing/own-credentials.ts';

let story: OwnCredentials;
beforeAll(async () => {
  story = await startWithOwnCredentials();
});
afterAll(() => story?.registry.close());

describe('A signed credential is refused', () => {
  const stranger = async () => story.registry.anOwnKeyFor(await story.registry.anInstitution('UBC'), 7);
  const [past, later] = ['2026-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z'];

  it.each<[string, () => Promise<unknown>, string]>([
    ['that was altered', async () => ({ ...(await story.signed()), name: 'Another' }), 'SIGNATURE_INVALID /signedCredential/proof/proofValue'],
    [
      'that was altered, as JSON',
      async () => ({ ...(await withProof(story.badge(), story.own, 'eddsa-jcs-2022')), name: 'x' }),
      'SIGNATURE_INVALID /signedCredential/proof/proofValue',
    ],
    [
      'whose JWT was altered',
      async () => (await asJwt(story.badge(), story.own)).replace(/\.[^.]+$/, `.${'A'.repeat(86)}`),
      'SIGNATURE_INVALID /signedCredential',
    ],
    ['without a proof', async () => story.badge(), 'SIGNATURE_INVALID /signedCredential/proof'],
    ['of another issuer', async () => withProof(ownBadge('did:web:elsewhere.example', story.address), story.own), 'SIGNATURE_INVALID /signedCredential/issuer'],
    [
      'with a key that the registry does not know',
      async () => story.signed(story.badge(), { ...story.own, snapshot: { ...story.own.snapshot, kid: `${story.own.snapshot.did}#other` } }),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    [
      'with a key that is not active yet',
      async () => story.signed(story.badge(), await story.anotherKey({ activatedAt: later })),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    [
      'with a retired key',
      async () => story.signed(story.badge(), await story.anotherKey({ status: 'RETIRED', activatedAt: past, retiredAt: past })),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    [
      'with a compromised key',
      async () => story.signed(story.badge(), await story.anotherKey({ status: 'COMPROMISED', activatedAt: past, compromisedAt: past })),
      'SIGNATURE_INVALID /signedCredential/proof',
    ],
    [
      'with a retired key, as a JWT',
      async () => asJwt(story.badge(), await story.anotherKey({ status: 'RETIRED', activatedAt: past, retiredAt: past })),
      'SIGNATURE_INVALID /signedCredential',
    ],
    ['that is empty', async () => ({}), 'SIGNATURE_INVALID /signedCredential/issuer'],
    ['that is a list', async () => [await story.signed()], 'INVALID_VALUE /signedCredential'],
    ['that is no JWT', async () => 'a.b.c', 'SIGNATURE_INVALID /signedCredential'],
    ['that is words', async () => 'please', 'SIGNATURE_INVALID /signedCredential'],
    [
      'with ten thousand levels inside a JWT',
      async () => `${'e30'}.${Buffer.from('{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)).toString('base64url')}.AAAA`,
      'SIGNATURE_INVALID /signedCredential',
    ],
    [
      'with a context from elsewhere',
      async () => ({ ...(await story.signed()), '@context': ['https://www.w3.org/ns/credentials/v2', 'https://evil.example/c'] }),
      'SIGNATURE_INVALID /signedCredential/@context/1',
    ],
    ['without an id', async () => story.signed(story.badge({ id: undefined })), 'NOT_AN_OPEN_BADGE /signedCredential/id'],
    ['that is no badge', async () => story.signed(story.badge({ type: ['VerifiableCredential'] })), 'NOT_AN_OPEN_BADGE /signedCredential/type'],
    [
      'of two subjects',
      async () => story.signed(story.badge({ credentialSubject: [{ id: 'did:example:a' }, { id: 'did:example:b' }] })),
      'NOT_AN_OPEN_BADGE /signedCredential/credentialSubject',
    ],
  ])('%s', async (_, make, fault) => {
    expect(await story.sent(JSON.parse(JSON.stringify(await make())))).toEqual(['REJECTED', fault]);
  });

  it('with the key of another institution, in its own name or in this one’s', async () => {
    const ubc = await stranger();
    expect(await story.sent(await story.signed(story.badge(), ubc))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/proof']);
    const forged = { ...ubc, snapshot: { ...ubc.snapshot, kid: story.own.snapshot.kid } };
    expect(await story.sent(await story.signed(story.badge(), forged))).toEqual(['REJECTED', 'SIGNATURE_INVALID /signedCredential/proof/proofValue']);
    expect(await story.sent(await story.signed(ownBadge(ubc.snapshot.did, story.address), ubc))).toEqual([
      'REJECTED',
      'SIGNATURE_INVALID /signedCredential/issuer',
    ]);
  });

  it('from an institution that never had a key', async () => {
    const sfu = await story.registry.anInstitution('SFU');
    const theirs = await story.registry.aMicroCredentialOf(sfu);
    const record = submitted(sfu, { microCredentialCtid: theirs.ctid, signedCredential: (await story.signed()) as never });
    expect(await story.take(record)).toMatchObject([{ state: 'REJECTED' }]);
  });

  it('with an entry of a list of the registry, or with two entries', async () => {
    const entry = (list: string, statusPurpose = 'revocation') => ({
      type: 'BitstringStatusListEntry',
      statusPurpose,
      statusListIndex: '7',
      statusListCredential: list,
    });
    const ours = entry(`${story.registry.url}/status/${randomUUID()}`);
    expect(await story.sent(await story.signed(story.badge({ credentialStatus: ours })))).toEqual([
      'REJECTED',
      'NOT_AN_OPEN_BADGE /signedCredential/credentialStatus',
    ]);
    const two = [entry('https://a.example/1'), entry('https://a.example/2', 'suspension')];
    expect(await story.sent(await story.signed(story.badge({ credentialStatus: two })))).toEqual([
      'REJECTED',
      'SIGNATURE_INVALID /signedCredential/credentialStatus',
    ]);
  });

  it('with every member named that says something else than the record', async () => {
    const other = `${story.registry.url}/micro-credentials/ce-${randomUUID()}`;
    const terms = { awardedDate: '2026-06-14T23:59:59-07:00', validFrom: '2026-06-16T00:00:00-07:00', validUntil: '2027-01-01T00:00:00Z' };
    const wrong = ownBadge(story.own.snapshot.did, other, terms, { id: 'did:example:another', creditsEarned: 3 });
    const all = ['achievement/id', 'id']
      .map((member) => `credentialSubject/${member}`)
      .concat('awardedDate', 'validFrom', 'validUntil', 'credentialSubject/creditsEarned');
    const learner = { identifiers: [{ type: 'DID' as const, value: 'did:example:one' }] };
    for (const form of [withProof, asJwt])
      expect(await story.sent(await form(wrong, story.own), { learner })).toEqual([
        'REJECTED',
        ...all.map((member) => `PAYLOAD_MISMATCH /signedCredential/${member}`),
      ]);
    expect(await story.sent(await story.signed(ownBadge(story.own.snapshot.did, `${story.address}/versions/2`)))).toEqual([
      'REJECTED',
      'PAYLOAD_MISMATCH /signedCredential/credentialSubject/achievement/id',
    ]);
    expect(await story.sent(await story.signed(story.badge({ awardedDate: undefined })))).toEqual([
      'REJECTED',
      'PAYLOAD_MISMATCH /signedCredential/awardedDate',
    ]);
    const graded = await story.signed(story.badge({}, { result: [{ type: ['Result'], value: '99' }] }));
    expect(await story.sent(graded, { result: [{ resultType: 'Percent', value: '51' }] })).toEqual([
      'REJECTED',
      'PAYLOAD_MISMATCH /signedCredential/credentialSubject/result/0',
    ]);
    expect(await story.sent(await story.signed(story.badge({ awardedDate: 'soon' })))).toMatchObject([
      'REJECTED',
      expect.stringContaining('/signedCredential'),
    ]);
  });
});

describe('POST /events', () => {
  it('takes a signed credential, and refuses one that is too large or too deep', async () => {
    const { post } = httpClient(story.registry, story.bcit);
    const event = (signedCredential: unknown) =>
      inboundEvent('BCIT', SUBMIT_AWARD, aSubmission({ microCredentialCtid: story.course.ctid, signedCredential: signedCredential as string }));
    expect((await post(event(await story.signed()))).body.submissions).toMatchObject([{ state: 'ACCEPTED' }]);
    const large = event({ ...(await story.signed()), padding: 'x'.repeat(1_100_000) });
    const [{ submissionId } = { submissionId: '' }] = (await post(large)).body.submissions;
    expect(await story.registry.sql('select errors from submission where submission_id = $1', [submissionId])).toMatchObject([
      { errors: [{ code: 'TOO_LARGE' }] },
    ]);
    const text = JSON.stringify(event('DEEP')).replace('"DEEP"', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
    expect(await post(text)).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
  });
});
