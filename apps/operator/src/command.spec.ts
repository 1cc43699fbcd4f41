import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runOperator } from './command.ts';
import { addressOf } from './registry/addresses.ts';
import { table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const folder = await mkdtemp(join(tmpdir(), 'operator-'));
afterAll(() => rm(folder, { recursive: true }));

async function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const terminal: Terminal = { line: say, problem: say, progress: () => undefined, raw: say, rawProblem: say };
  const code = await runOperator(['node', 'operator', ...words], terminal, { DATA_DIR: folder, ...environment });
  return { code, said: said.join('\n') };
}

const id = '00000000-0000-4000-8000-000000000000';
const nobody = ['--url', 'http://127.0.0.1:9'];

describe('what cannot be done ends with 2 and says how to mend it', () => {
  const cases: readonly [string, readonly string[], RegExp, NodeJS.ProcessEnv?][] = [
    ['no command', [], /Usage: operator/],
    ['an unknown command', ['dead-letters', 'burn', id], /unknown command/],
    ['a redrive without a reason', ['dead-letters', 'redrive', id], /--reason <why>/],
    ['a discard without a reason', ['dead-letters', 'discard', id], /--reason <why>/],
    ['a confirmation without a reason', ['dead-letters', 'confirm', id], /--reason <why>/],
    ['a replay of nothing in particular', ['replay', '--reason', 'because it is late'], /missing required argument 'consumer'/],
    ['a position that is none', ['replay', 'search.registry', '--from-pos', 'first', '--reason', 'because'], /Expected a whole number/],
    ['an address that is none', ['--url', 'registry', 'lag'], /Expected an address/],
    ['a service that is none', ['--service', 'billing', 'lag'], /The services are: institutions/],
    ['a registry that does not answer', [...nobody, 'lag'], /does not answer/],
    ['another sign-in than the development one', ['lag'], /OPERATOR_TOKEN/, { OIDC_ISSUER: 'https://sign-in.example' }],
  ];

  it.each(cases)('%s', async (_what, words, message, environment = {}) => {
    const { code, said } = await run(words, environment);
    expect(code).toBe(2);
    expect(said).toMatch(message);
  });
});

it.each([['--help'], ['dead-letters', '--help'], ['replay', '--help'], ['rebuild', '--help'], ['reconcile', '--help']])('helps: %s %s', async (...words) => {
  expect(await run(words.filter((word) => word !== undefined))).toMatchObject({ code: 0, said: expect.stringContaining('Usage: operator') });
});

describe('the address of a service with a process of its own', () => {
  it('is the next port after the gateway', () => {
    const urls = ['institutions', 'programs', 'awards', 'pathways', 'search', 'gateway'] as const;
    expect(urls.map((service) => addressOf(service, 'http://127.0.0.1:3000', {}))).toEqual(
      ['3001', '3002', '3003', '3004', '3005', '3000'].map((port) => `http://127.0.0.1:${port}`),
    );
  });

  it('is what the environment says, where it says so', () => {
    expect(addressOf('awards', 'http://127.0.0.1:3000', { SERVICE_URL_AWARDS: 'http://awards.internal:8080/' })).toBe('http://awards.internal:8080');
  });
});

it('writes tables in columns', () => {
  expect(table(['consumer', 'behind'], [['search.registry', '0']])).toEqual(['consumer         behind', 'search.registry  0']);
});
