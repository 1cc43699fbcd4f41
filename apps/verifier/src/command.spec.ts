import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { signed } from './testing/badges.ts';
import { run } from './testing/run.ts';
import { TrustFolder } from './trust/trust-folder.ts';

const folder = await mkdtemp(join(tmpdir(), 'verifier-'));
afterAll(() => rm(folder, { recursive: true }));

const trust = join(folder, 'trust');
await new TrustFolder(trust).keepIssuers({
  url: 'https://registry.example/graphql',
  fetchedAt: '2026-11-28T12:00:00Z',
  institutions: [{ code: 'BCIT', name: 'BCIT', status: 'ACTIVE' }],
});

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function trustWhere(file: string, content: string): Promise<string> {
  const dir = await mkdtemp(join(folder, 'broken-'));
  await mkdir(join(dir, 'did-documents'));
  await writeFile(join(dir, 'issuers.json'), '{"url":"u","fetchedAt":"2026-11-28T12:00:00Z","institutions":[{"code":"BCIT","name":"","status":"ACTIVE"}]}');
  await writeFile(join(dir, file), content);
  return dir;
}

const award = await fileOf('award.json', await signed());
const emptyFolder = join(folder, 'empty');
await mkdir(emptyFolder);

describe('What keeps a credential from being verified ends with 2 and says how to mend it', () => {
  const cases: [string, () => Promise<string[]>, RegExp][] = [
    ['no folder named', async () => [award], /--trust DIR/],
    ['no file named', async () => ['--trust', trust], /Name one file/],
    ['two files', async () => [award, award, '--trust', trust], /Name one file/],
    ['both commands at once', async () => [award, '--trust', trust, '--fetch-trust', trust], /two runs/],
    ['an address for a verification, which asks nobody', async () => [award, '--trust', trust, '--url', 'http://127.0.0.1:9'], /asks nobody/],
    ['an instant that is none', async () => [award, '--trust', trust, '--as-of', 'yesterday'], /Expected an instant/],
    ['an instant while fetching', async () => ['--fetch-trust', trust, '--as-of', '2026-11-28T12:00:00Z'], /are for --trust/],
    ['an address that is none', async () => ['--fetch-trust', trust, '--url', 'registry'], /Expected an address/],
    ['an unknown option', async () => [award, '--trust', trust, '--force'], /unknown option/],
    ['a missing file', async () => [join(folder, 'none.json'), '--trust', trust], /ENOENT.*Check the name/],
    ['a folder instead of a file', async () => [folder, '--trust', trust], /EISDIR.*Check the name/],
    ['an empty file', async () => [await fileOf('nothing.json', ''), '--trust', trust], /is empty/],
    [
      'a picture without a credential',
      async () => [await fileOf('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'), '--trust', trust],
      /WITHOUT_CREDENTIAL/,
    ],
    ['a damaged picture', async () => [await fileOf('a.png', Buffer.from('\x89PNG\r\n\x1a\nabc', 'latin1')), '--trust', trust], /PICTURE_DAMAGED/],
    ['a page instead of a picture', async () => [await fileOf('a.html', '<!doctype html><p>Sign in'), '--trust', trust], /PICTURE_UNSUPPORTED/],
    [
      'a picture that would unpack itself',
      async () => [await fileOf('b.svg', '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'), '--trust', trust],
      /PICTURE_UNSAFE/,
    ],
    ['an empty trust folder', async () => [award, '--trust', emptyFolder], /no issuer list.*--fetch-trust/],
    ['no trust folder', async () => [award, '--trust', join(folder, 'nowhere')], /no issuer list.*--fetch-trust/],
    ['a file as trust folder', async () => [award, '--trust', award], /no issuer list.*--fetch-trust/],
    ['an issuer list that is none', async () => [award, '--trust', await trustWhere('issuers.json', '{}')], /issuers\.json is not as --fetch-trust writes it/],
    ['half an issuer list', async () => [award, '--trust', await trustWhere('issuers.json', '{"url"')], /issuers\.json is not as --fetch-trust writes it/],
    [
      'a document that is none',
      async () => [award, '--trust', await trustWhere('did-documents/BCIT.json', '[]')],
      /BCIT\.json is not as .*, at "\/".* fetch it anew/,
    ],
  ];

  it.each(cases)('%s', async (_what, words, message) => {
    const { code, out, err } = await run(await words());
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('Help', () => {
  it('ends with 0, and says what the exit codes mean', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/--fetch-trust[^]*Exit code: 0 VALID/) });
  });
});
