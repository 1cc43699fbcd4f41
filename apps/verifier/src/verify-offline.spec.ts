import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { addProof, badgePicture, bake, didDocument, didKeyMethodOf, didKeyOf, pngOfPicture, SigningKey, signJwt } from '@mcr/credentials';
import { startPublicRegistry, pathOf } from './testing/a-registry.ts';
import { aBadge, aList, aListOfTheRegistry, aRecord, BCIT, history, INDEX, keys, NOW, REVOCATIONS, signed, SUSPENSIONS } from './testing/badges.ts';
import { run } from './testing/run.ts';

const folder = await mkdtemp(join(tmpdir(), 'verifier-'));
const trust = join(folder, 'trust');
let fetched: Awaited<ReturnType<typeof run>>;

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** A trust folder that was saved while the registry published these lists, or had these institutions. */
async function savedWhile(name: string, pages: Readonly<Record<string, string>>, statusOfBcit = 'ACTIVE'): Promise<string> {
  const registry = await startPublicRegistry();
  for (const [path, page] of Object.entries(pages)) registry.pages.set(path, page);
  registry.institutions[0]!.status = statusOfBcit;
  const dir = join(folder, name);
  await run(['--fetch-trust', dir, '--url', registry.url, await fileOf('to-fetch.json', await signed())]);
  await registry.stop();
  return dir;
}

const verify = async (content: string | Uint8Array, dir = trust, ...more: string[]) => run([await fileOf('presented', content), '--trust', dir, ...more]);

const HOUR_MS = 60 * 60 * 1000;

beforeAll(async () => {
  const registry = await startPublicRegistry();
  fetched = await run(['--fetch-trust', trust, '--url', registry.url, await fileOf('award.json', await signed())]);
  // From here on there is no registry.
  await registry.stop();
});
afterAll(() => rm(folder, { recursive: true }));

describe('A credential, verified with a trust folder alone', () => {
  it('is valid, with each check on a line, how old the lists are, and the verdict', async () => {
    expect(fetched).toMatchObject({ code: 0, err: '' });
    const { code, out } = await verify(await signed());
    expect(out.split('\n')).toEqual([
      ...['parse', 'schema', 'proof', 'issuer_recognised', 'key_state', 'not_before', 'not_expired', 'revocation', 'suspension'].map(
        (id) => `PASS     ${id.padEnd(17)}  OK: In order.`,
      ),
      'SKIPPED  registry_match     NOT_ASKED: Not looked at, because nobody is here to ask.',
      'SKIPPED  definition_listed  NOT_ASKED: Not looked at, because nobody is here to ask.',
      `issuer: British Columbia Institute of Technology, ${BCIT}`,
      'micro-credential: https://registry.example/micro-credentials/ce-c2ab55b3-e7b0-437c-bce5-f306f829f588/versions/1',
      'offline, lists as of 2026-11-28T12:00:00.000Z',
      'VALID',
    ]);
    expect(code).toBe(0);
  });

  it('is valid in each form: a JWT, a PNG, an SVG, standard input', async () => {
    const jwt = await signJwt(aBadge(), { key: keys.current, verificationMethod: `${BCIT}#current` });
    const picture = badgePicture({ microCredential: 'Wildfire Basics', institution: 'BCIT' });
    const secured = JSON.parse(await signed()) as Parameters<typeof bake>[1];
    const pictures = [bake(new TextEncoder().encode(picture), secured), bake(await pngOfPicture(picture), jwt)];
    for (const each of [jwt, ...pictures]) expect(await verify(each)).toMatchObject({ code: 0, verdict: 'VALID' });
    const input = (async function* () {
      yield Buffer.from(await signed());
    })();
    expect(await run(['-', '--trust', trust], { input })).toMatchObject({ code: 0, verdict: 'VALID' });
  });

  it('makes no connection, whoever it says it comes from', async () => {
    const connect = jest.spyOn(Socket.prototype, 'connect');
    const fetching = jest.spyOn(globalThis, 'fetch');
    const elsewhere = aBadge({}, BCIT, 'https://elsewhere.example/status/1');
    for (const document of [aBadge(), elsewhere]) await verify(await signed(document));
    const foreign = { ...aBadge(), issuer: { id: 'did:web:elsewhere.example', type: ['Profile'] } };
    await verify(JSON.stringify(await addProof(foreign, { key: keys.current, verificationMethod: 'did:web:elsewhere.example#key-1', created: new Date() })));
    expect([connect.mock.calls, fetching.mock.calls]).toEqual([[], []]);
    jest.restoreAllMocks();
  });

  it('answers a machine with one object', async () => {
    const { code, out } = await verify(await signed(), trust, '--json');
    expect(JSON.parse(out)).toMatchObject({
      offline: true,
      verdict: 'VALID',
      effectiveStatus: 'ACTIVE',
      listsAsOf: '2026-11-28T12:00:00.000Z',
      missingLists: [],
      checks: expect.arrayContaining([expect.objectContaining({ id: 'registry_match', outcome: 'SKIPPED' })]),
    });
    expect(code).toBe(0);
  });
});

describe('What became of a credential', () => {
  it('is revoked or suspended by the saved bit', async () => {
    const revoking = await savedWhile('revoking', { [pathOf(REVOCATIONS)]: await aList(REVOCATIONS, 'revocation', [INDEX]) });
    expect(await verify(await signed(), revoking)).toMatchObject({ code: 1, verdict: 'REVOKED' });
    const suspending = await savedWhile('suspending', { [pathOf(SUSPENSIONS)]: await aList(SUSPENSIONS, 'suspension', [INDEX]) });
    expect(await verify(await signed(), suspending)).toMatchObject({ code: 1, verdict: 'SUSPENDED' });
  });

  it('is told by a list of the registry, which keeps it for whoever no longer lets it sign, and by nobody else’s', async () => {
    const listsOf = async (keeper: typeof aList, set: readonly number[]) => ({
      [pathOf(REVOCATIONS)]: await keeper(REVOCATIONS, 'revocation', set),
      [pathOf(SUSPENSIONS)]: await keeper(SUSPENSIONS, 'suspension'),
    });
    expect((await verify(await signed(), await savedWhile('kept', await listsOf(aListOfTheRegistry, [])))).verdict).toBe('VALID');
    const revoking = await savedWhile('kept-revoking', await listsOf(aListOfTheRegistry, [INDEX]));
    expect((await verify(await signed(), revoking)).verdict).toBe('REVOKED');
    await rm(join(revoking, 'registry.json'));
    expect((await verify(await signed(), revoking)).verdict).toBe('INDETERMINATE');
  });

  it('is not known once the lists are past their time', async () => {
    const file = await fileOf('old.json', await signed());
    const inHours = (hours: number) => run([file, '--trust', trust], { clock: () => new Date(Date.parse('2026-11-28T12:00:00Z') + hours * HOUR_MS) });
    expect(await inHours(24)).toMatchObject({ code: 0, verdict: 'VALID' });
    const { code, out, verdict } = await inHours(25);
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toMatch(/UNKNOWN {2}revocation {9}STATUS_LIST_EXPIRED/);
    expect(out).toContain('offline, lists as of 2026-11-28T12:00:00.000Z');
  });

  it('is not known without the list, which is named', async () => {
    const other = 'https://registry.example/status/99999999-0d53-4d5a-9d6f-0a4f7d1c2e3b';
    const { code, out, verdict } = await verify(await signed(aBadge({}, BCIT, other)));
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toContain(`not saved: ${other} `);
    expect(out).toContain(`not saved: ${other}-suspension `);
  });

  it('is not known with a saved list that somebody changed', async () => {
    const list = JSON.parse(await aList(REVOCATIONS, 'revocation', [INDEX])) as { credentialSubject: object };
    const clear = JSON.parse(await aList(REVOCATIONS, 'revocation')) as { credentialSubject: object };
    const forged = await savedWhile('forged', { [pathOf(REVOCATIONS)]: JSON.stringify({ ...list, credentialSubject: clear.credentialSubject }) });
    const { out, verdict } = await verify(await signed(), forged);
    expect(out).toContain('STATUS_LIST_NOT_VERIFIED');
    expect(verdict).toBe('INDETERMINATE');
  });

  it('has expired at its end, and had not before it', async () => {
    const document = await signed(aBadge({ validUntil: '2026-11-20T00:00:00Z' }));
    expect(await verify(document)).toMatchObject({ code: 1, verdict: 'EXPIRED' });
    // A list does not say whether it was suspended then.
    const before = await verify(document, trust, '--as-of', '2026-11-19T00:00:00Z');
    expect(before.verdict).toBe('INDETERMINATE');
    expect(before.out).toMatch(/PASS {5}not_expired/);
    expect(before.out).toMatch(/PASS {5}revocation/);
    expect(before.out).toMatch(/UNKNOWN {2}suspension {9}PAST_STATUS_UNKNOWN/);
    expect(before.out).toContain('asked about 2026-11-19T00:00:00.000Z');
  });
});

describe('Who it comes from', () => {
  it('is not known when no document of the DID was saved', async () => {
    const stranger = { ...aBadge(), issuer: { id: 'did:web:elsewhere.example', type: ['Profile'] } };
    const document = await addProof(stranger, { key: keys.current, verificationMethod: 'did:web:elsewhere.example#key-1', created: new Date() });
    const { code, out, verdict } = await verify(JSON.stringify(document));
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toMatch(/UNKNOWN {2}proof {14}KEY_UNREACHABLE/);
  });

  it('is nobody of the registry, though the signature is good', async () => {
    const key = SigningKey.generate();
    const document = { ...aBadge(), issuer: { id: didKeyOf(key.publicKey), type: ['Profile'] } };
    const { code, out, verdict } = await verify(
      JSON.stringify(await addProof(document, { key, verificationMethod: didKeyMethodOf(key.publicKey), created: new Date() })),
    );
    expect([code, verdict]).toEqual([1, 'NOT_VERIFIED']);
    expect(out).toMatch(/FAIL {5}issuer_recognised {2}ISSUER_UNKNOWN/);
  });

  it('is not known of a suspended institution: the list does not say since when', async () => {
    const { out, verdict } = await verify(await signed(), await savedWhile('suspended', {}, 'SUSPENDED'));
    expect(out).toMatch(/UNKNOWN {2}issuer_recognised/);
    expect(verdict).toBe('INDETERMINATE');
  });
});

describe('A learner record', () => {
  it('is valid with everything in it, and each credential in it has a line', async () => {
    const { code, out, verdict } = await verify(await aRecord(await signed(), await signed(aBadge(), 'retired')));
    expect([code, verdict]).toEqual([0, 'VALID']);
    expect(out).toMatch(/SKIPPED {2}registry_match {5}RECORD_NOT_KEPT/);
    expect(out.match(/^inside: VALID, British Columbia Institute of Technology, https:.*\/versions\/1$/gm)).toHaveLength(2);
  });

  it('has the verdict of the gravest in it', async () => {
    const revoking = await savedWhile('revoking-one', { [pathOf(REVOCATIONS)]: await aList(REVOCATIONS, 'revocation', [INDEX]) });
    const { out, verdict } = await verify(await aRecord(await signed()), revoking);
    expect(verdict).toBe('REVOKED');
    expect(out).toContain('inside: REVOKED, ');
    expect((await verify(await aRecord(await signed(aBadge(), 'stolen')))).verdict).toBe('INDETERMINATE');
  });

  it('is not verified when it was changed, and is of nobody known without the document of the registry', async () => {
    const record = await aRecord(await signed());
    expect((await verify(record.replace('"partial":false', '"partial":true'))).verdict).toBe('NOT_VERIFIED');
    const dir = await savedWhile('without-registry', {});
    await rm(join(dir, 'registry.json'));
    expect((await verify(record, dir)).verdict).toBe('INDETERMINATE');
    await writeFile(join(dir, 'registry.json'), JSON.stringify({ url: 'x', fetchedAt: '2026-11-28T12:00:00Z', document: { id: 'did:web:elsewhere.example' } }));
    expect((await verify(record, dir)).verdict).toBe('INDETERMINATE');
  });

  it('has its lists fetched, those of what is in it', async () => {
    const registry = await startPublicRegistry();
    const dir = join(folder, 'of-a-record');
    const fetching = await run(['--fetch-trust', dir, '--url', registry.url, await fileOf('record.json', await aRecord(await signed()))]);
    await registry.stop();
    expect(fetching).toMatchObject({ code: 0, out: expect.stringContaining('2 status lists') });
    expect((await verify(await signed(), dir)).verdict).toBe('VALID');
  });
});

describe('The key that signed', () => {
  const at = (instant: string) => new Date(instant);
  // One key was good from 2025 until 1 November 2026, when it was retired; one as long until it was stolen; today's from 2026 on.
  it.each([
    ['is in use', 'current', '2026-10-02T00:00:00Z', 'PASS OK', 'VALID'],
    ['was retired after it signed', 'retired', '2026-10-02T00:00:00Z', 'PASS KEY_RETIRED_SINCE', 'VALID'],
    ['was retired a moment after it signed', 'retired', '2026-10-31T23:59:59Z', 'PASS KEY_RETIRED_SINCE', 'VALID'],
    ['was retired when it signed', 'retired', '2026-11-01T00:00:00Z', 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    ['was retired before it signed', 'retired', '2026-11-20T00:00:00Z', 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    ['was not in use yet', 'retired', '2024-12-31T00:00:00Z', 'FAIL KEY_NOT_ACTIVE', 'NOT_VERIFIED'],
    ['was stolen, as its proof says later', 'stolen', '2026-10-02T00:00:00Z', 'UNKNOWN KEY_WITNESS_MISSING', 'INDETERMINATE'],
    ['was stolen, as its proof says before', 'stolen', '2026-11-20T00:00:00Z', 'UNKNOWN KEY_WITNESS_MISSING', 'INDETERMINATE'],
  ] as const)('%s', async (_when, key, created, found, expected) => {
    const { code, out, verdict } = await verify(await signed(aBadge(), key, at(created)));
    const [outcome, reason] = found.split(' ') as [string, string];
    expect(out).toMatch(new RegExp(`${outcome.padEnd(7)}  key_state {10}${reason}`));
    expect([code, verdict]).toEqual([expected === 'VALID' ? 0 : 1, expected]);
  });

  it('was stolen, and nobody is told that it was good by asking about a time before: who has it can write any time', async () => {
    const { out, verdict } = await verify(await signed(aBadge(), 'stolen'), trust, '--as-of', '2026-10-10T00:00:00Z');
    expect(out).toMatch(/UNKNOWN {2}key_state {10}KEY_WITNESS_MISSING/);
    expect(verdict).toBe('INDETERMINATE');
  });

  it('was not in use yet at the time that is asked about', async () => {
    const { out } = await verify(
      await signed(aBadge({ awardedDate: '2025-06-01' }), 'current', at('2025-06-02T00:00:00Z')),
      trust,
      '--as-of',
      '2025-07-01T00:00:00Z',
    );
    expect(out).toMatch(/FAIL {5}key_state {10}KEY_NOT_ACTIVE/);
  });

  it('was rotated: another has taken its place, and what it signed stays good', async () => {
    const next = { id: `${BCIT}#next`, publicKeyMultibase: SigningKey.generate().publicKey.multibase, activatedAt: '2026-11-20T00:00:00Z' };
    const rotated = history.map((key) => (key.id === `${BCIT}#current` ? { ...key, retiredAt: '2026-11-20T00:00:00Z' } : key)).concat(next);
    const pages = {
      '/institutions/BCIT/did.json': JSON.stringify(didDocument(BCIT, rotated, NOW)),
      '/institutions/BCIT/keys.json': JSON.stringify({ did: BCIT, keys: rotated }),
    };
    const dir = await savedWhile('rotated', pages);
    const { out } = await verify(await signed(), dir);
    expect(out).toMatch(/PASS {5}key_state {10}KEY_RETIRED_SINCE/);
    const jwt = await signJwt(aBadge(), { key: keys.current, verificationMethod: `${BCIT}#current`, created: at('2026-10-02T00:00:00Z') });
    expect((await verify(jwt, dir)).out).toMatch(/PASS {5}key_state {10}KEY_RETIRED_SINCE/);
  });

  it.each(['retired', 'stolen'] as const)('is not known of a %s key in a folder without its history', async (name) => {
    const dir = await savedWhile(`without-history-${name}`, {});
    const file = join(dir, 'did-documents/BCIT.json');
    const { keys: _, ...saved } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify(saved));
    const { code, out, verdict } = await verify(await signed(aBadge(), name), dir);
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toMatch(/UNKNOWN {2}key_state {10}KEY_WITNESS_MISSING/);
    expect((await verify(await signed(), dir)).verdict).toBe('VALID');
  });
});

describe('A document that is not what was signed', () => {
  const notVerified: [string, () => Promise<string | Uint8Array>, string][] = [
    ['tampered with', async () => (await signed()).replace('Wildfire Basics', 'Brain Surgery'), 'SIGNATURE_INVALID'],
    ['without a proof', async () => JSON.stringify(aBadge()), 'PROOF_MISSING'],
    ['no JSON', async () => 'hello', 'NOT_JSON'],
    ['with a member twice', async () => (await signed()).replace('{', '{"name":"x",'), 'NOT_JSON'],
    ['a list', async () => `[${await signed()}]`, 'NOT_AN_OBJECT'],
    ['too deep', async () => '{"a":'.repeat(10_000), 'NOT_JSON'],
    ['too large', async () => Buffer.alloc(20 * 1024 * 1024, 0x20), 'TOO_LARGE'],
    ['not UTF-8', async () => Buffer.from('{"a":"\xe9"}', 'latin1'), 'NOT_UTF8'],
    ['with a context from elsewhere', async () => (await signed()).replace('https://www.w3.org/ns/credentials/v2', 'https://elsewhere.example/v2'), ''],
  ];

  it.each(notVerified)('is not verified: %s', async (_what, document, reason) => {
    const { code, out, verdict } = await verify(await document());
    expect([code, verdict]).toEqual([1, 'NOT_VERIFIED']);
    expect(out).toContain(reason);
  });

  it('does not move the cursor of whoever reads the report', async () => {
    const { out } = await verify('{"\\u001b[2J":1}');
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/\u001b/);
  });
});
