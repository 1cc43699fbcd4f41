import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ActivateIssuerKey,
  DelegateSigning,
  ProposeIssuerKey,
  ReportIssuerKeyCompromised,
  RetireIssuerKey,
  SignForInstitutions,
  SuspendInstitution,
} from '@mcr/contracts';
import { SigningKey, possesses, provePossession, readPublicKey } from '@mcr/credentials';
import { serviceItself } from '@mcr/identity';
import { type TestRegistry, principals } from '@mcr/testing';
import { anActiveInstitution, codes, eventsOf, refusalOf, startInstitutions } from '../testing/institutions-registry.ts';

const { registrar } = principals;
const awards = serviceItself('awards');
const aCode = codes();
let registry: TestRegistry;

beforeAll(async () => void (registry = await startInstitutions()));
afterAll(() => registry.close());

const staffOf = principals.institution;
const keyInput = (institution: string, key: SigningKey) => ({ institution, publicKeyMultibase: key.publicKey.multibase });
const documentOf = async (code: string, versionTime?: string) => {
  const query = versionTime === undefined ? '' : `?versionTime=${encodeURIComponent(versionTime)}`;
  const response = await fetch(`${registry.url}/institutions/${code}/did.json${query}`);
  return { status: response.status, type: response.headers.get('content-type'), body: (await response.json()) as Record<string, never> };
};

/** An instant after everything that has happened. */
async function aLaterInstant(): Promise<string> {
  const before = Date.now();
  while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
  return new Date().toISOString();
}

async function activated(institution: string, key = SigningKey.generate()): Promise<SigningKey> {
  const { challenge } = await registry.call(ProposeIssuerKey, keyInput(institution, key), staffOf(institution));
  await registry.call(ActivateIssuerKey, { ...keyInput(institution, key), signature: provePossession(key, challenge) }, staffOf(institution));
  return key;
}

const signature = async (kid: string, payload: string) =>
  (await registry.call(SignForInstitutions, { payloads: [{ kid, payload: Buffer.from(payload).toString('base64url') }] }, awards)).signatures[0];

describe('an issuer key', () => {
  it('is proposed, proven and active, and then stands in the DID document of its institution', async () => {
    const institution = aCode();
    const { ctid } = await anActiveInstitution(registry, institution);
    const key = SigningKey.generate();
    const proposed = await registry.call(ProposeIssuerKey, keyInput(institution, key), staffOf(institution));
    expect(proposed).toMatchObject({ status: 'PROPOSED', heldBy: 'INSTITUTION' });
    expect((await documentOf(institution)).body).toMatchObject({ verificationMethod: [], assertionMethod: [] });

    const active = await registry.call(
      ActivateIssuerKey,
      { ...keyInput(institution, key), signature: provePossession(key, proposed.challenge) },
      staffOf(institution),
    );
    expect(active).toEqual({
      institutionCode: institution,
      kid: proposed.kid,
      publicKeyMultibase: key.publicKey.multibase,
      heldBy: 'INSTITUTION',
      status: 'ACTIVE',
    });
    const { port } = new URL(registry.url);
    const did = `did:web:127.0.0.1%3A${port}:institutions:${institution}`;
    const { status, type, body } = await documentOf(institution);
    expect({ status, type }).toEqual({ status: 200, type: expect.stringContaining('application/did+ld+json') });
    expect(body).toMatchObject({
      id: did,
      verificationMethod: [{ id: `${did}#${key.publicKey.multibase}`, type: 'Multikey', controller: did, publicKeyMultibase: key.publicKey.multibase }],
      assertionMethod: [`${did}#${key.publicKey.multibase}`],
    });
    expect((await eventsOf(registry, ctid)).at(-1)).toMatchObject({
      type: 'ca.bc.mcr.issuerKey.activated.v1',
      aggregateversion: 4,
      data: { institutionCode: institution, did, kid: active.kid, status: 'ACTIVE', heldBy: 'INSTITUTION' },
    });
  });

  it('is not activated without the private key, with another challenge, or by another institution’s proof', async () => {
    const [institution, other] = [aCode(), aCode()];
    await anActiveInstitution(registry, institution);
    await anActiveInstitution(registry, other);
    const [key, stranger] = [SigningKey.generate(), SigningKey.generate()];
    const { challenge } = await registry.call(ProposeIssuerKey, keyInput(institution, key), staffOf(institution));
    const { challenge: otherChallenge } = await registry.call(ProposeIssuerKey, keyInput(other, key), staffOf(other));
    const codeFor = async (proof: string) =>
      (await refusalOf(registry.call(ActivateIssuerKey, { ...keyInput(institution, key), signature: proof }, staffOf(institution)))).code;
    expect(await codeFor(provePossession(stranger, challenge))).toBe('PROOF_OF_POSSESSION_INVALID');
    expect(await codeFor(provePossession(key, otherChallenge))).toBe('PROOF_OF_POSSESSION_INVALID');
    expect(await codeFor(provePossession(key, ''))).toBe('PROOF_OF_POSSESSION_INVALID');
    expect(await codeFor('no signature')).toBe('INVALID_INPUT');
    const unknown = keyInput(institution, stranger);
    expect(
      (await refusalOf(registry.call(ActivateIssuerKey, { ...unknown, signature: provePossession(stranger, challenge) }, staffOf(institution)))).code,
    ).toBe('ISSUER_KEY_NOT_FOUND');
  });

  it('belongs to whoever proves it: another institution may have named it, and loses it', async () => {
    const [institution, squatter] = [aCode(), aCode()];
    await anActiveInstitution(registry, institution);
    await anActiveInstitution(registry, squatter);
    const key = SigningKey.generate();
    await registry.call(ProposeIssuerKey, keyInput(squatter, key), staffOf(squatter));
    await activated(institution, key);
    expect((await refusalOf(registry.call(ProposeIssuerKey, keyInput(squatter, key), staffOf(squatter)))).code).toBe('ISSUER_KEY_TAKEN');
    expect((await refusalOf(registry.call(ProposeIssuerKey, keyInput(institution, key), staffOf(institution)))).code).toBe('ISSUER_KEY_TAKEN');
  });

  it('that is retired stays in the document and asserts no more; the document of an earlier time is still served', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const before = await aLaterInstant();
    await aLaterInstant();
    const key = await activated(institution);
    const whileActive = await aLaterInstant();
    await aLaterInstant();
    expect(await registry.call(RetireIssuerKey, keyInput(institution, key), registrar)).toMatchObject({ status: 'RETIRED' });
    const count = async (time?: string) => {
      const { verificationMethod, assertionMethod } = (await documentOf(institution, time)).body as unknown as Record<string, unknown[]>;
      return [verificationMethod!.length, assertionMethod!.length];
    };
    expect([await count(before), await count(whileActive), await count()]).toEqual([
      [0, 0],
      [1, 1],
      [1, 0],
    ]);
    expect((await refusalOf(registry.call(RetireIssuerKey, keyInput(institution, key), registrar))).code).toBe('ILLEGAL_STATE');
    expect((await documentOf(institution, '2999-01-01T00:00:00Z')).status).toBe(422);
    expect((await documentOf(institution, 'yesterday')).status).toBe(422);
  });

  it('has its instants in the history of its institution, which says nothing of keys that were only proposed, nor how keys are held', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const historyOf = async (code: string) => {
      const response = await fetch(`${registry.url}/institutions/${code}/keys.json`);
      return { status: response.status, body: (await response.json()) as { did: string; keys: Record<string, string>[] } };
    };
    expect(await historyOf(institution)).toMatchObject({ status: 200, body: { keys: [] } });
    const [retired, stolen] = [await activated(institution), await activated(institution)];
    await registry.call(ProposeIssuerKey, keyInput(institution, SigningKey.generate()), staffOf(institution));
    await registry.call(DelegateSigning, { institution }, staffOf(institution));
    await registry.call(RetireIssuerKey, keyInput(institution, retired), registrar);
    await registry.call(ReportIssuerKeyCompromised, keyInput(institution, stolen), registrar);
    const { did, keys } = (await historyOf(institution)).body;
    expect(did).toBe((await documentOf(institution)).body['id']);
    expect(keys.map((key) => Object.keys(key))).toEqual([
      ['id', 'publicKeyMultibase', 'activatedAt', 'retiredAt'],
      ['id', 'publicKeyMultibase', 'activatedAt', 'compromisedAt'],
      ['id', 'publicKeyMultibase', 'activatedAt'],
    ]);
    expect(keys.map(({ id }) => id)).toEqual(((await documentOf(institution)).body['verificationMethod'] as unknown as { id: string }[]).map(({ id }) => id));
    expect((await historyOf('NOPE')).status).toBe(404);
  });

  it('is compromised from a time on which it was active, and perhaps for longer than was thought', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const key = await activated(institution);
    const say = (compromisedAt?: string) =>
      registry.call(ReportIssuerKeyCompromised, { ...keyInput(institution, key), ...(compromisedAt && { compromisedAt }) }, staffOf(institution));
    expect((await refusalOf(say('2020-01-01T00:00:00Z'))).faults).toMatchObject([{ pointer: '/compromisedAt' }]);
    expect((await refusalOf(say('2999-01-01T00:00:00Z'))).faults).toMatchObject([{ pointer: '/compromisedAt' }]);
    const early = await aLaterInstant();
    await aLaterInstant();
    expect(await say()).toMatchObject({ status: 'COMPROMISED' });
    expect((await refusalOf(say())).code).toBe('ILLEGAL_STATE');
    expect(await say(early)).toMatchObject({ status: 'COMPROMISED' });
    expect((await documentOf(institution)).body).toMatchObject({ verificationMethod: [{ revoked: early }], assertionMethod: [] });
  });

  it('is nobody’s business but its institution’s, and needs an institution that is active', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const input = keyInput(institution, SigningKey.generate());
    for (const caller of [registrar, principals.advisor, principals.learner, staffOf(aCode())])
      expect((await refusalOf(registry.call(ProposeIssuerKey, input, caller))).code).toBe('FORBIDDEN');
    await registry.call(SuspendInstitution, { institution, reason: 'A fire.' }, registrar);
    expect((await refusalOf(registry.call(ProposeIssuerKey, input, staffOf(institution)))).code).toBe('ILLEGAL_STATE');
    expect((await refusalOf(registry.call(DelegateSigning, { institution }, registrar))).code).toBe('ILLEGAL_STATE');
    const noKey = { ...input, publicKeyMultibase: `z6Mk${'z'.repeat(44)}` };
    expect((await refusalOf(registry.call(ProposeIssuerKey, noKey, staffOf(institution)))).faults).toMatchObject([{ pointer: '/publicKeyMultibase' }]);
  });
});

describe('an institution that lets the registry sign', () => {
  it('has one key that the registry made, however often it is asked', async () => {
    const institution = aCode();
    const { ctid } = await anActiveInstitution(registry, institution);
    const first = await registry.call(DelegateSigning, { institution }, registrar);
    expect(first).toMatchObject({ heldBy: 'REGISTRY', status: 'ACTIVE' });
    expect(await registry.call(DelegateSigning, { institution }, staffOf(institution))).toEqual(first);
    expect(await eventsOf(registry, ctid)).toHaveLength(4);
  });

  it('has signed what the awards service asks for, with a key that is active, and nothing else', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const { kid, publicKeyMultibase } = await registry.call(DelegateSigning, { institution }, registrar);
    const own = await activated(institution);
    const signed = Buffer.from((await signature(kid, 'a hash'))!, 'base64url');
    expect(possesses(publicKeyMultibase, 'a hash', `z${base58(signed)}`)).toBe(true);
    expect(readPublicKey(publicKeyMultibase).kind).toBe('Ed25519');
    const did = kid.slice(0, kid.indexOf('#'));
    expect(await signature(`${did}#${own.publicKey.multibase}`, 'a hash')).toBeNull();
    expect(await signature(`did:web:elsewhere.example#${publicKeyMultibase}`, 'a hash')).toBeNull();
    await registry.call(RetireIssuerKey, { institution, publicKeyMultibase }, registrar);
    expect(await signature(kid, 'a hash')).toBeNull();
    expect((await registry.call(DelegateSigning, { institution }, registrar)).kid).not.toBe(kid);
  });

  it('is signed for only when the awards service asks', async () => {
    const ask = (principal: typeof registrar) => registry.call(SignForInstitutions, { payloads: [] }, principal);
    for (const caller of [registrar, principals.admin, principals.service, serviceItself('gateway'), principals.client('svc-awards')])
      expect((await refusalOf(ask(caller))).code).toBe('FORBIDDEN');
    expect(await ask(awards)).toEqual({ signatures: [] });
  });

  it('has its private key nowhere in clear', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    await registry.call(DelegateSigning, { institution }, registrar);
    const rows = await registry.database('institutions').query(`select to_jsonb(k) || jsonb_build_object('text', encode(sealed_private_key, 'escape')) as row
      from issuer_key k where held_by = 'REGISTRY'`);
    const log = await registry.database('institutions').query('select event from event_log');
    expect(rows.length).toBeGreaterThan(0);
    // A secret key as Multikey text begins so; sealed, it does not.
    expect(JSON.stringify([rows, log])).not.toMatch(/z3u2[1-9A-HJ-NP-Za-km-z]{40}/);
    expect(SigningKey.generate().secretKeyMultibase()).toMatch(/^z3u2/);
  });
});

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base58(bytes: Buffer): string {
  let [number, text] = [BigInt(`0x${bytes.toString('hex')}`), ''];
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  return '1'.repeat(bytes.findIndex((byte) => byte !== 0)) + text;
}
