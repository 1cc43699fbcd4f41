import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runImporter } from './command.ts';
import type { Terminal } from './report/terminal.ts';

const folder = await mkdtemp(join(tmpdir(), 'importer-'));
const directory = join(folder, 'directory.json');
const NOBODY = 'http://127.0.0.1:9';
const HEADER = 'sendingInstitution,subject,number,receivingInstitution,detail,condition,startDate,endDate';

afterAll(() => rm(folder, { recursive: true }));
beforeAll(async () => {
  const entries = {
    institutions: [
      { code: 'DOUG', names: ['Douglas College'] },
      { code: 'UBC', names: [] },
    ],
    microCredentials: [{ ctid: 'ce-6a0d7bd5-6d1c-4a5e-8a0a-0f9a55f0a001', codedNotation: 'HIST 125', isNonCredit: false, offeredBy: ['DOUG'] }],
    requirements: [],
  };
  await writeFile(directory, JSON.stringify(entries));
});

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function run(...words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    line: (text) => void out.push(text),
    problem: (text) => void err.push(text),
    raw: (text) => void out.push(text),
    rawProblem: (text) => void err.push(text),
    progress: () => ({ advance: () => undefined, finish: () => undefined }),
  };
  const code = await runImporter(['node', 'importer', ...words], terminal, { DATA_DIR: folder });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const guide = async (...rows: string[]) =>
  run('transfer-guide', await fileOf('rows.csv', [HEADER, ...rows].join('\r\n')), '--directory', directory, '--url', NOBODY);

describe('a dry run', () => {
  it('ends with 0 when every row is certain, and says what would be published', async () => {
    expect(await guide('Douglas College,HIST,125,UBC,UBC HIST 135 (3),,2020-09-01,')).toEqual({
      code: 0,
      out: '1 agreement certain (1 ASSIGNED); 0 rows left to a person. Nothing was published: --publish does.',
      err: '',
    });
  });

  it('ends with 1 when something is left to a person, by row and column', async () => {
    const { code, out } = await guide('Douglas College,HIST,125,UBC,HIST 135 (3),,2020-09-01,', 'Nobody,HIST,125,UBC,HIST 135 (3),,2020-09-01,');
    expect([code, out]).toEqual([1, expect.stringMatching(/^row 2, sendingInstitution: INSTITUTION_UNKNOWN\..*\n1 agreement certain/)]);
  });

  it('reads JSON as it reads CSV', async () => {
    const row = {
      sendingInstitution: 'DOUG',
      subject: 'HIST',
      number: 125,
      receivingInstitution: 'UBC',
      detail: 'No credit',
      startDate: '2020-09-01',
      endDate: null,
    };
    const { code, out } = await run('transfer-guide', await fileOf('rows.json', JSON.stringify([row])), '--directory', directory);
    expect([code, out]).toEqual([0, expect.stringContaining('1 agreement certain (1 NO_CREDIT)')]);
  });

  it('writes what is left to a person so that no spreadsheet runs it', async () => {
    const listed = join(folder, 'listed.csv');
    const file = await fileOf('formula.csv', `${HEADER}\nDOUG,HIST,125,UBC,"=HYPERLINK(""http://x"")",,2020-09-01,\nDOUG,HIST,125,UBC,=1+1,,2020-09-01,`);
    expect((await run('transfer-guide', file, '--directory', directory, '--listed', listed)).code).toBe(1);
    const cells = (await readFile(listed, 'utf8')).split('\n').flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
  });

  it('writes what was made of the rows', async () => {
    const proposals = join(folder, 'proposals.json');
    const file = await fileOf('one.csv', `${HEADER}\nDOUG,HIST,125,UBC,HIST 135 (3),,2020-09-01,`);
    await run('transfer-guide', file, '--directory', directory, '--proposals', proposals);
    expect(JSON.parse(await readFile(proposals, 'utf8'))).toMatchObject({ pathways: [], agreements: [{ sender: 'DOUG', receiver: 'UBC', rows: [1] }] });
  });

  it('shows the first of very many, and no character that moves the cursor', async () => {
    const rows = Array.from({ length: 5_000 }, () => 'DOUG,HIST,125,UBC,\u001b[2Jsee office,,2020-09-01,');
    const { out } = await guide(...rows);
    expect(out).toContain('… and 4800 more; --listed FILE.csv has them all.');
  });
});

describe('articulation of a study', () => {
  const terms = ['--program', 'History', '--from', '2026-09-01', '--row-credit', 'as-sent'];

  it('makes agreements and a pathway', async () => {
    const row = { receiver: 'UBC', group: 'g', set: 'A', required: 1, receiving: 'HIST 135', options: [['HIST 125']] };
    const file = await fileOf('study.json', JSON.stringify({ colleges: [{ college: 'DOUG', courses: { 'HIST 125': 3 }, rows: [row] }] }));
    const { code, out } = await run('study', file, '--directory', directory, ...terms);
    expect([code, out]).toEqual([0, '1 agreement and 1 pathway certain (1 ASSIGNED); 0 rows left to a person. Nothing was published: --publish does.']);
  });

  it('must be told what the rows do not say', async () => {
    const { code, err } = await run('study', await fileOf('study.json', '{}'), '--program', 'History', '--from', '2026-09-01');
    expect([code, err]).toEqual([2, expect.stringContaining('--row-credit')]);
  });
});

describe('what cannot be imported ends with 2 and says how to mend it', () => {
  const latin1 = Uint8Array.from([...Buffer.from(`${HEADER}\nColl`), 0xe8, ...Buffer.from('ge,HIST,125,UBC,No credit,,2020-09-01,')]);
  const utf16 = Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le');
  it.each<[string, string, string | Uint8Array | undefined, RegExp]>([
    ['no file', 'absent.csv', undefined, /cannot be read \(ENOENT\)/],
    ['another kind of file', 'rows.xlsx', 'PK', /neither \.csv nor \.json/],
    ['Latin-1', 'latin.csv', latin1, /not UTF-8/],
    ['UTF-16', 'wide.csv', utf16, /not UTF-8/],
    ['nothing in it', 'empty.csv', '', /The file is empty/],
    ['no row', 'header.csv', HEADER, /holds no row/],
    ['other columns', 'columns.csv', `${HEADER},colour,subject\n`, /Unknown: colour\.\nTwice: subject/],
    ['missing columns', 'missing.csv', 'subject,number\nHIST,125', /Missing: sendingInstitution, receivingInstitution, detail, startDate/],
    ['too many cells', 'cells.csv', `${HEADER}\nDOUG,HIST,125,UBC,HIST 135 (3), HIST 136 (3),,2020-09-01,,x`, /Row 1 has more cells/],
    ['a quote without end', 'quote.csv', `${HEADER}\n"DOUG,HIST`, /breaks off at line/],
    ['JSON that is no list', 'object.json', '{"rows":[]}', /must hold a list of rows/],
    ['a list of something else', 'texts.json', '["row"]', /must hold a list of rows/],
    ['JSON that breaks off', 'broken.json', '[{"subject":', /is not JSON/],
    ['a name twice in JSON', 'twice.json', '[{"subject":"A","subject":"B"}]', /is not JSON as it should be/],
  ])('%s', async (_what, name, content, message) => {
    const file = content === undefined ? join(folder, name) : await fileOf(name, content);
    const { code, out, err } = await run('transfer-guide', file, '--directory', directory);
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)]);
  });

  it('a list over the file itself', async () => {
    const file = await fileOf('own.csv', `${HEADER}\n`);
    expect(await run('transfer-guide', file, '--directory', directory, '--listed', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('would be overwritten'),
    });
  });

  it('a directory that is none', async () => {
    const file = await fileOf('row.csv', `${HEADER}\nDOUG,HIST,125,UBC,No credit,,2020-09-01,`);
    expect(await run('transfer-guide', file, '--directory', await fileOf('other.json', '{}'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no directory'),
    });
  });
});
