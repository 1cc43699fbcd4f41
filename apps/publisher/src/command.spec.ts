import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runPublisher } from './command.ts';
import { readRecords } from './reading/read-file.ts';
import type { Terminal } from './report/terminal.ts';

const folder = await mkdtemp(join(tmpdir(), 'publisher-'));
afterAll(() => rm(folder, { recursive: true }));

const sample = (name: string) => fileURLToPath(new URL(`../../../samples/awards/${name}`, import.meta.url));
const NOBODY = 'http://127.0.0.1:9';

async function run(...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    line: (text) => void out.push(text),
    problem: (text) => void err.push(text),
    raw: (text) => void out.push(text),
    rawProblem: (text) => void err.push(text),
    progress: () => ({ advance: () => undefined, finish: () => undefined }),
  };
  const code = await runPublisher(['node', 'publisher', ...words], terminal, { DATA_DIR: folder });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('a dry run', () => {
  it('ends with 0 when the file has no fault', async () => {
    expect(await run('publish', sample('good.csv'), '--institution', 'BCIT', '--dry-run')).toEqual({
      code: 0,
      out: '40 records checked, nothing was sent: 40 without a fault, 0 with faults',
      err: '',
    });
  });

  it('ends with 1 and a line for every fault, also in the errors file', async () => {
    const errors = join(folder, 'errors.csv');
    const { code, out } = await run('publish', sample('every-fault.csv'), '--institution', 'BCIT', '--dry-run', '--errors', errors);
    expect(code).toBe(1);
    expect(out).toContain('row 6, column awardedDate: AWARDED_IN_FUTURE.');
    expect(out).toContain('row 27, column learner.PEN: PEN_INVALID.');
    expect(await readFile(errors, 'utf8')).toContain(`"'=HYPERLINK(""http://example.org"")"`);
  });

  it.each(['every-fault.csv', 'every-fault.jsonl'])('prints nothing of what identifies a learner in %s', async (name) => {
    const { out } = await run('publish', sample(name), '--institution', 'BCIT', '--dry-run');
    const learners = (await readRecords(sample(name))).map(({ data }) => data['learner'] as { identifiers?: { value: string }[] } | undefined);
    const values = learners.flatMap((learner) => learner?.identifiers ?? []).map(({ value }) => value);
    expect(values.length).toBeGreaterThan(5);
    for (const value of values.filter((text) => text.trim().length > 3)) expect(out).not.toContain(value);
  });
});

describe('what keeps a file from being published ends with 2 and says how to mend it', () => {
  const cases: [string, () => Promise<string[]>, RegExp][] = [
    ['no command', () => Promise.resolve([]), /Usage: publisher/],
    ['no institution', () => Promise.resolve(['publish', sample('good.csv')]), /--institution <code>/],
    ['a code that is none', () => Promise.resolve(['publish', sample('good.csv'), '--institution', 'bcit']), /2 to 6 capital letters/],
    ['an address that is none', () => Promise.resolve(['publish', sample('good.csv'), '--institution', 'BCIT', '--url', 'registry']), /Expected an address/],
    ['an unknown option', () => Promise.resolve(['publish', sample('good.csv'), '--institution', 'BCIT', '--force']), /unknown option/],
    ['a missing file', () => Promise.resolve(['publish', join(folder, 'none.csv'), '--institution', 'BCIT']), /ENOENT.*Check the name/],
    ['a folder', () => Promise.resolve(['publish', folder, '--institution', 'BCIT']), /neither \.csv nor \.jsonl/],
    ['an empty file', () => written('empty.csv', ''), /The file is empty/],
    ['a header alone', () => written('header.csv', 'sourceAwardId,revision,type\n'), /holds no record/],
    ['another encoding', () => written('latin1.csv', Buffer.from('sourceAwardId,revision,type\n\xe9,1,submit', 'latin1')), /not UTF-8.*CSV UTF-8/],
    [
      'an errors file that cannot be written',
      () => Promise.resolve(['publish', sample('good.csv'), '--institution', 'BCIT', '--errors', join(folder, 'no', 'e.csv')]),
      /Choose another file/,
    ],
    ['no key', () => Promise.resolve(['publish', sample('good.csv'), '--institution', 'BCIT', '--url', NOBODY]), /BCIT\.jwk.*--key FILE/],
    [
      'a key that is none',
      async () => [...(await written('good.csv', await readFile(sample('good.csv')))), '--key', sample('good.csv')],
      /does not hold a private key/,
    ],
    ['a registry that does not answer', () => withKey(), /does not answer.*npm start/],
  ];

  async function written(name: string, content: string | Buffer): Promise<string[]> {
    await writeFile(join(folder, name), content);
    return ['publish', join(folder, name), '--institution', 'BCIT'];
  }

  async function withKey(): Promise<string[]> {
    const key = join(folder, 'key.jwk');
    const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
    await writeFile(key, JSON.stringify({ kty: 'OKP', crv: 'Ed25519', d, x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }));
    return ['publish', sample('good.csv'), '--institution', 'BCIT', '--url', NOBODY, '--key', key];
  }

  it.each(cases)('%s', async (_what, words, message) => {
    const { code, out, err } = await run(...(await words()));
    expect(code).toBe(2);
    expect(`${out}${err}`).toMatch(message);
  });
});

describe('the file that is published', () => {
  it('is left as it was, also when it is named as the errors file', async () => {
    const content = await readFile(sample('good.csv'), 'utf8');
    const own = join(folder, 'own.csv');
    await writeFile(own, content);
    const { code, err } = await run('publish', own, '--institution', 'BCIT', '--dry-run', '--errors', own);
    expect([code, await readFile(own, 'utf8')]).toEqual([2, content]);
    expect(err).toMatch(/would overwrite/);
  });
});

describe('help', () => {
  it('ends with 0', async () => {
    expect(await run('publish', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--dry-run') });
  });
});
