import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encryptPersonal, type LearnerEncryptionKey } from '@mcr/contracts';
import { eventually, kafkaUnavailable } from '@mcr/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { Intake } from '../intake/intake.ts';
import { startAwardsOnKafka, told, type AwardsOnKafka } from '../testing/awards-on-kafka.ts';
import { everythingStored } from '../testing/awards-registry.ts';
import { encrypted, encryptionKey, inBinaryMode } from '../testing/kafka-topics.ts';

const missing = kafkaUnavailable();
const describeOnKafka = missing ? describe.skip : describe;
let awards: AwardsOnKafka;

beforeAll(async () => {
  if (!missing) awards = await startAwardsOnKafka();
}, 60_000);
afterAll(() => awards?.close());

describeOnKafka(`Learners on Kafka${missing ? ` (${missing})` : ''}`, () => {
  it('in clear are refused with a hint, and nothing of them is kept or said', async () => {
    const { topics, registry, ours, outcomes, logged, anEvent, outcomeOf } = awards;
    const pen = '735981124';
    const event = anEvent({ learner: { identifiers: [{ type: 'PEN', value: pen }], name: 'Winter Kwong' } });
    await topics.write(ours.code, inBinaryMode(event));
    const outcome = await outcomeOf(event.id);
    expect(told(outcome)).toEqual(['REJECTED', 'LEARNER_NOT_ENCRYPTED']);
    expect(outcome.data.errors![0]).toMatchObject({ pointer: '/learner', hint: expect.stringContaining('GET /awards/encryption-keys') });
    expect(`${await everythingStored(registry)} ${outcomes.map(({ text }) => text).join(' ')} ${logged.join(' ')}`).not.toMatch(/735981124|Kwong/);
  });

  it('are nowhere in clear once they came encrypted', async () => {
    const { topics, registry, ours, outcomes, logged, sealed, outcomeOf, rowsOf } = awards;
    const learner = {
      identifiers: [
        { type: 'EMAIL' as const, value: 'summer.osei@mail.example' },
        { type: 'PEN' as const, value: '123456789' },
      ],
    };
    const [bad, waiting] = [await sealed({ learner }), await sealed({ revision: 2, learner })];
    await topics.write(ours.code, inBinaryMode(bad), inBinaryMode(waiting));
    expect(told(await outcomeOf(bad.id))).toEqual(['REJECTED', 'PEN_INVALID']);
    expect(await rowsOf(waiting.id)).toEqual([{ code: ours.code, state: 'PENDING' }]);
    expect(`${await everythingStored(registry)} ${outcomes.map(({ text }) => text).join(' ')} ${logged.join(' ')}`).not.toMatch(/osei|123456789/);
  });

  it('have results and evidence, which are encrypted too: then they are as over HTTPS, and in clear they are refused and let go', async () => {
    const { topics, registry, ours, outcomes, logged, key, anEvent, outcomeOf } = awards;
    const personal = { result: [{ resultType: 'Percent' as const, value: '61.8' }], evidence: [{ name: 'Report', narrative: 'Written by Autumn Tran.' }] };
    const event = anEvent(personal);
    const good = { ...event, data: await encryptPersonal(event.data, key) };
    const [first, second] = [anEvent(personal), anEvent({ signedCredential: 'eyJhbGciOiJFZERTQSJ9.eyJuYW1lIjoiVHJhbiJ9.AAAA' })];
    const inClear = { ...(await encrypted(first, key)), id: `clear-${first.id}` };
    const asJwt = { ...(await encrypted(second, key)), id: `jwt-${second.id}` };
    await topics.write(ours.code, inBinaryMode(good), inBinaryMode(inClear), inBinaryMode(asJwt));
    expect(told(await outcomeOf(good.id))).toEqual(['ACCEPTED']);
    const outcome = await outcomeOf(inClear.id);
    expect(outcome.data.errors!.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(['NOT_ENCRYPTED /result', 'NOT_ENCRYPTED /evidence']);
    expect(told(await outcomeOf(asJwt.id))).toEqual(['REJECTED', 'NOT_ENCRYPTED']);
    const opened = { ...second, data: await encryptPersonal(second.data, key), id: `opened-${second.id}` };
    await topics.write(ours.code, inBinaryMode(opened));
    expect(told(await outcomeOf(opened.id))).toEqual(['REJECTED', 'SIGNATURE_INVALID']);
    expect(await registry.get(Intake).take([{ institutionCode: ours.code, eventId: 'over-https', type: event.type, data: event.data }])).toMatchObject([
      { state: 'DUPLICATE' },
    ]);
    expect(`${await everythingStored(registry)} ${outcomes.map(({ text }) => text).join(' ')} ${logged.join(' ')}`).not.toMatch(/Autumn Tran|VHJhbi/);
  });

  it.each([
    ['is for another key', async () => encrypted(awards.anEvent(), { ...awards.key, ...(await anotherKey()), kid: 'another' })],
    ['names a key that it was not encrypted to', async () => encrypted(awards.anEvent(), { ...awards.key, ...(await anotherKey()) })],
    ['is no ciphertext', async () => withLearner(await awards.sealed(), () => 'eyJhbGciOiJub25lIn0....')],
    ['was changed', async () => withLearner(await awards.sealed(), tampered)],
  ])('that cannot be opened are answered: the ciphertext %s', async (_what, make) => {
    const { topics, ours, outcomeOf } = awards;
    const event = await make();
    await topics.write(ours.code, inBinaryMode(event));
    expect(told(await outcomeOf(event.id))).toEqual(['REJECTED', 'CANNOT_DECRYPT']);
  });

  it('may come encrypted to an earlier key; only the newest is published', async () => {
    const { topics, registry, ours, key, anEvent, sealed, outcomeOf } = awards;
    const early = await sealed();
    const file = join(registry.dataDir, 'services', 'awards', 'secrets', 'learner-encryption', '0002.jwk');
    const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
    await writeFile(file, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
    const newest = await eventually(
      async () => {
        const published = await encryptionKey(registry.url);
        expect(published.kid).not.toBe(key.kid);
        return published;
      },
      { timeoutMs: 15_000 },
    );
    const late = await encrypted(anEvent(), newest);
    await topics.write(ours.code, inBinaryMode(early), inBinaryMode(late));
    expect(told(await outcomeOf(early.id))).toEqual(['ACCEPTED']);
    expect(told(await outcomeOf(late.id))).toEqual(['ACCEPTED']);
  }, 30_000);
});

async function anotherKey(): Promise<Pick<LearnerEncryptionKey, 'x' | 'y'>> {
  const { publicKey } = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
  const { x, y } = await exportJWK(publicKey);
  return { x: x!, y: y! };
}

function withLearner<Event extends { data: { learner: string } }>(event: Event, change: (jwe: string) => string): Event {
  return { ...event, data: { ...event.data, learner: change(event.data.learner) } };
}

/** Another first letter of the ciphertext. */
function tampered(jwe: string): string {
  const [header, secret, vector, [first, ...letters] = '', tag] = jwe.split('.');
  return [header, secret, vector, (first === 'A' ? 'B' : 'A') + letters.join(''), tag].join('.');
}
