import { rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { addProof, badgePicture, bake, pngOfPicture, signJwt } from '@mcr/credentials';
import { pathOf, startPublicRegistry } from './testing/a-registry.ts';
import { aBadge, aList, aListOfTheRegistry, aRecord, BCIT, INDEX, keys, REVOCATIONS, signed, SUSPENSIONS } from './testing/badges.ts';
import { run } from './testing/run.ts';
import { SavedTrust } from './testing/saved-trust.ts';

const HOUR_MS = 60 * 60 * 1000;
let saved: SavedTrust;
beforeAll(async () => void (saved = await SavedTrust.open()));
afterAll(() => saved.close());

describe('A credential, verified with a trust folder alone', () => {
  it('is valid, with each check on a line, how old the lists are, and the verdict', async () => {
    expect(saved.fetched!).toMatchObject({ code: 0, err: '' });
    const { code, out } = await saved.verify(await signed());
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
    for (const each of [jwt, ...pictures]) expect(await saved.verify(each)).toMatchObject({ code: 0, verdict: 'VALID' });
    const input = (async function* () {
      yield Buffer.from(await signed());
    })();
    expect(await run(['-', '--trust', saved.trust], { input })).toMatchObject({ code: 0, verdict: 'VALID' });
  });

  it('makes no connection, whoever it says it comes from', async () => {
    const connect = jest.spyOn(Socket.prototype, 'connect');
    const fetching = jest.spyOn(globalThis, 'fetch');
    const elsewhere = aBadge({}, BCIT, 'https://elsewhere.example/status/1');
    for (const document of [aBadge(), elsewhere]) await saved.verify(await signed(document));
    const foreign = { ...aBadge(), issuer: { id: 'did:web:elsewhere.example', type: ['Profile'] } };
    await saved.verify(
      JSON.stringify(await addProof(foreign, { key: keys.current, verificationMethod: 'did:web:elsewhere.example#key-1', created: new Date() })),
    );
    expect([connect.mock.calls, fetching.mock.calls]).toEqual([[], []]);
    jest.restoreAllMocks();
  });

  it('answers a machine with one object', async () => {
    const { code, out } = await saved.verify(await signed(), saved.trust, '--json');
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
    const revoking = await saved.savedWhile('revoking', { [pathOf(REVOCATIONS)]: await aList(REVOCATIONS, 'revocation', [INDEX]) });
    expect(await saved.verify(await signed(), revoking)).toMatchObject({ code: 1, verdict: 'REVOKED' });
    const suspending = await saved.savedWhile('suspending', { [pathOf(SUSPENSIONS)]: await aList(SUSPENSIONS, 'suspension', [INDEX]) });
    expect(await saved.verify(await signed(), suspending)).toMatchObject({ code: 1, verdict: 'SUSPENDED' });
  });

  it('is told by a list of the registry, which keeps it for whoever no longer lets it sign, and by nobody else’s', async () => {
    const listsOf = async (keeper: typeof aList, set: readonly number[]) => ({
      [pathOf(REVOCATIONS)]: await keeper(REVOCATIONS, 'revocation', set),
      [pathOf(SUSPENSIONS)]: await keeper(SUSPENSIONS, 'suspension'),
    });
    expect((await saved.verify(await signed(), await saved.savedWhile('kept', await listsOf(aListOfTheRegistry, [])))).verdict).toBe('VALID');
    const revoking = await saved.savedWhile('kept-revoking', await listsOf(aListOfTheRegistry, [INDEX]));
    expect((await saved.verify(await signed(), revoking)).verdict).toBe('REVOKED');
    await rm(join(revoking, 'registry.json'));
    expect((await saved.verify(await signed(), revoking)).verdict).toBe('INDETERMINATE');
  });

  it('is not known once the lists are past their time', async () => {
    const file = await saved.fileOf('old.json', await signed());
    const inHours = (hours: number) => run([file, '--trust', saved.trust], { clock: () => new Date(Date.parse('2026-11-28T12:00:00Z') + hours * HOUR_MS) });
    expect(await inHours(24)).toMatchObject({ code: 0, verdict: 'VALID' });
    const { code, out, verdict } = await inHours(25);
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toMatch(/UNKNOWN {2}revocation {9}STATUS_LIST_EXPIRED/);
    expect(out).toContain('offline, lists as of 2026-11-28T12:00:00.000Z');
  });

  it('is not known without the list, which is named', async () => {
    const other = 'https://registry.example/status/99999999-0d53-4d5a-9d6f-0a4f7d1c2e3b';
    const { code, out, verdict } = await saved.verify(await signed(aBadge({}, BCIT, other)));
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toContain(`not saved: ${other} `);
    expect(out).toContain(`not saved: ${other}-suspension `);
  });

  it('is not known with a saved list that somebody changed', async () => {
    const list = JSON.parse(await aList(REVOCATIONS, 'revocation', [INDEX])) as { credentialSubject: object };
    const clear = JSON.parse(await aList(REVOCATIONS, 'revocation')) as { credentialSubject: object };
    const forged = await saved.savedWhile('forged', { [pathOf(REVOCATIONS)]: JSON.stringify({ ...list, credentialSubject: clear.credentialSubject }) });
    const { out, verdict } = await saved.verify(await signed(), forged);
    expect(out).toContain('STATUS_LIST_NOT_VERIFIED');
    expect(verdict).toBe('INDETERMINATE');
  });

  it('has expired at its end, and had not before it', async () => {
    const document = await signed(aBadge({ validUntil: '2026-11-20T00:00:00Z' }));
    expect(await saved.verify(document)).toMatchObject({ code: 1, verdict: 'EXPIRED' });
    // A list does not say whether it was suspended then.
    const before = await saved.verify(document, saved.trust, '--as-of', '2026-11-19T00:00:00Z');
    expect(before.verdict).toBe('INDETERMINATE');
    expect(before.out).toMatch(/PASS {5}not_expired/);
    expect(before.out).toMatch(/PASS {5}revocation/);
    expect(before.out).toMatch(/UNKNOWN {2}suspension {9}PAST_STATUS_UNKNOWN/);
    expect(before.out).toContain('asked about 2026-11-19T00:00:00.000Z');
  });
});

describe('A learner record', () => {
  it('is valid with everything in it, and each credential in it has a line', async () => {
    const { code, out, verdict } = await saved.verify(await aRecord(await signed(), await signed(aBadge(), 'retired')));
    expect([code, verdict]).toEqual([0, 'VALID']);
    expect(out).toMatch(/SKIPPED {2}registry_match {5}RECORD_NOT_KEPT/);
    expect(out.match(/^inside: VALID, British Columbia Institute of Technology, https:.*\/versions\/1$/gm)).toHaveLength(2);
  });

  it('has the verdict of the gravest in it', async () => {
    const revoking = await saved.savedWhile('revoking-one', { [pathOf(REVOCATIONS)]: await aList(REVOCATIONS, 'revocation', [INDEX]) });
    const { out, verdict } = await saved.verify(await aRecord(await signed()), revoking);
    expect(verdict).toBe('REVOKED');
    expect(out).toContain('inside: REVOKED, ');
    expect((await saved.verify(await aRecord(await signed(aBadge(), 'stolen')))).verdict).toBe('INDETERMINATE');
  });

  it('is not verified when it was changed, and is of nobody known without the document of the registry', async () => {
    const record = await aRecord(await signed());
    expect((await saved.verify(record.replace('"partial":false', '"partial":true'))).verdict).toBe('NOT_VERIFIED');
    const dir = await saved.savedWhile('without-registry', {});
    await rm(join(dir, 'registry.json'));
    expect((await saved.verify(record, dir)).verdict).toBe('INDETERMINATE');
    await writeFile(join(dir, 'registry.json'), JSON.stringify({ url: 'x', fetchedAt: '2026-11-28T12:00:00Z', document: { id: 'did:web:elsewhere.example' } }));
    expect((await saved.verify(record, dir)).verdict).toBe('INDETERMINATE');
  });

  it('has its lists fetched, those of what is in it', async () => {
    const registry = await startPublicRegistry();
    const dir = join(saved.folder, 'of-a-record');
    const fetching = await run(['--fetch-trust', dir, '--url', registry.url, await saved.fileOf('record.json', await aRecord(await signed()))]);
    await registry.stop();
    expect(fetching).toMatchObject({ code: 0, out: expect.stringContaining('2 status lists') });
    expect((await saved.verify(await signed(), dir)).verdict).toBe('VALID');
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
    const { code, out, verdict } = await saved.verify(await document());
    expect([code, verdict]).toEqual([1, 'NOT_VERIFIED']);
    expect(out).toContain(reason);
  });

  it('does not move the cursor of whoever reads the report', async () => {
    const { out } = await saved.verify('{"\\u001b[2J":1}');
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/\u001b/);
  });
});
