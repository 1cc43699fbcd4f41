import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pathOf, startPublicRegistry, type PublicRegistry } from '../testing/a-registry.ts';
import { aBadge, aList, BCIT, INDEX, REVOCATIONS, signed, SUSPENSIONS } from '../testing/badges.ts';
import { run } from '../testing/run.ts';

const folder = await mkdtemp(join(tmpdir(), 'verifier-'));
afterAll(() => rm(folder, { recursive: true }));

let registry: PublicRegistry;
let trust: string;
let award: string;
beforeEach(async () => {
  registry = await startPublicRegistry();
  trust = await mkdtemp(join(folder, 'trust-'));
  award = join(folder, 'award.json');
  await writeFile(award, await signed());
});
afterEach(() => registry.stop());

const LATER = () => new Date('2026-11-28T18:00:00Z');
const fetchTrust = (...files: string[]) => run(['--fetch-trust', trust, '--url', registry.url, ...files]);
const verify = () => run([award, '--trust', trust]);
const filesIn = async () => (await readdir(trust, { recursive: true })).filter((name) => name.includes('.')).sort();

describe('What is saved of a registry', () => {
  it('is its issuers, the documents of those that take part, and the lists of the files with those beside them', async () => {
    expect(await fetchTrust(award)).toEqual({
      code: 0,
      out: `${trust}: issuers and their DID documents, and 2 status lists`,
      err: '',
      verdict: expect.anything(),
    });
    expect(await filesIn()).toEqual([
      'did-documents/BCIT.json',
      'did-documents/UBC.json',
      'issuers.json',
      expect.stringMatching(/^status-lists\/[0-9a-f]{64}\.json$/),
      expect.stringMatching(/^status-lists\/[0-9a-f]{64}\.json$/),
    ]);
    const saved = JSON.parse(await readFile(join(trust, 'did-documents/BCIT.json'), 'utf8')) as object;
    expect(saved).toMatchObject({ url: `${registry.url}/institutions/BCIT/did.json`, fetchedAt: '2026-11-28T12:00:00.000Z', document: { id: BCIT } });
  });

  it('is fetched anew later, lists of earlier files too, each with its own time', async () => {
    await fetchTrust(award);
    registry.pages.set(pathOf(REVOCATIONS), await aList(REVOCATIONS, 'revocation', [INDEX]));
    expect((await verify()).verdict).toBe('VALID');
    expect(await run(['--fetch-trust', trust, '--url', registry.url], { clock: LATER })).toMatchObject({ code: 0 });
    const { out, verdict } = await run([award, '--trust', trust], { clock: LATER });
    expect(verdict).toBe('REVOKED');
    expect(out).toContain('offline, lists as of 2026-11-28T18:00:00.000Z');
  });

  it('is as old as the oldest of it', async () => {
    await fetchTrust(award);
    registry.pages.delete(pathOf(SUSPENSIONS));
    const { code, err } = await run(['--fetch-trust', trust, '--url', registry.url, award], { clock: LATER });
    expect([code, err]).toEqual([2, `not fetched: ${SUSPENSIONS} (it answers 404)`]);
    expect((await run([award, '--trust', trust], { clock: LATER })).out).toContain('offline, lists as of 2026-11-28T12:00:00.000Z');
  });
});

describe('What cannot be fetched is named, and ends with 2', () => {
  it('a document: whoever is not known may be its owner', async () => {
    registry.pages.delete('/institutions/BCIT/did.json');
    const { code, err } = await fetchTrust(award);
    expect(code).toBe(2);
    expect(err.split('\n')).toEqual([
      `not fetched: ${registry.url}/institutions/BCIT/did.json (it answers 404)`,
      expect.stringMatching(/award\.json: whose credential it is could not be made sure \(proof, KEY_UNREACHABLE/),
    ]);
    expect((await verify()).verdict).toBe('INDETERMINATE');
  });

  it.each([
    ['away', undefined],
    ['none', '{"did":"did:web:registry.example:institutions:BCIT","keys":[{"id":1}]}'],
    ['that of somebody else', '{"did":"did:web:registry.example:institutions:UBC","keys":[]}'],
  ])('a history of keys that is %s: then the document and the history of before stay', async (_what, page) => {
    await fetchTrust(award);
    if (page === undefined) registry.pages.delete('/institutions/BCIT/keys.json');
    else registry.pages.set('/institutions/BCIT/keys.json', page);
    expect(await fetchTrust(award)).toMatchObject({ code: 2, err: expect.stringContaining(`not fetched: ${registry.url}/institutions/BCIT/did.json (`) });
    expect((await verify()).verdict).toBe('VALID');
  });

  it('a document that is none, which does not take the place of a good one', async () => {
    await fetchTrust(award);
    registry.pages.set('/institutions/BCIT/did.json', '{"id":"BCIT"}').set('/institutions/UBC/did.json', '<html>');
    const { code, err } = await fetchTrust(award);
    expect([code, err.split('\n').length]).toEqual([2, 2]);
    expect((await verify()).verdict).toBe('VALID');
  });

  it('a list that is none, which does not take the place of a good one', async () => {
    await fetchTrust(award);
    registry.pages.set(pathOf(REVOCATIONS), '<html>Sign in to this network</html>');
    expect(await fetchTrust(award)).toMatchObject({ code: 2, err: expect.stringContaining(`not fetched: ${REVOCATIONS}`) });
    expect((await verify()).verdict).toBe('VALID');
  });

  it('a list without end', async () => {
    registry.pages.set(pathOf(REVOCATIONS), ' '.repeat(5 * 1024 * 1024));
    expect(await fetchTrust(award)).toMatchObject({ code: 2, err: `not fetched: ${REVOCATIONS} (it is larger than 4 MiB)` });
  });

  it('a list that an issuer keeps where anybody on the way can change it', async () => {
    await writeFile(award, await signed(aBadge({}, BCIT, 'http://127.0.0.1:9/lists/1')));
    expect(await fetchTrust(award)).toMatchObject({ code: 2, err: expect.stringContaining('its address is not https') });
  });

  it('the lists of a file that nobody is proven to have signed: it sends nobody anywhere', async () => {
    await writeFile(award, (await signed()).replaceAll(REVOCATIONS, `${registry.url}/trap`));
    const { code, err } = await fetchTrust(award);
    expect(code).toBe(2);
    expect(err).toMatch(/SIGNATURE_INVALID/);
    expect(err).not.toContain('trap');
  });

  it('the institutions: then the folder stays as it was', async () => {
    await fetchTrust(award);
    const before = await filesIn();
    registry.institutions = [];
    expect(await fetchTrust(award)).toMatchObject({ code: 2, err: expect.stringMatching(/does not give its institutions.*Nothing was saved/) });
    expect(await filesIn()).toEqual(before);
    expect((await verify()).verdict).toBe('VALID');
  });

  it('anything, when the folder cannot be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    expect(await run(['--fetch-trust', file, '--url', registry.url])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot be written.*another folder/),
    });
  });
});
