import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bench = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', './tools/typescript.mjs', 'apps/bench/src/main.ts', ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('the command that measures', () => {
  it('tells what there is to measure, and what each takes', () => {
    const { status, stdout } = bench('crash', '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}crash .*\n +--awards 2000 --kills 20 /m);
  });

  it.each([
    ['a name that is none', ['pathway'], 'Not known: pathway.'],
    ['an option that is none', ['pathways', '--sise', '3'], "Unknown option '--sise'"],
    ['a choice that is none', ['crash', '--carrier', 'pigeon'], '--carrier is local or kafka, not "pigeon".'],
    ['a number that is none', ['crash', '--kills', 'many'], '--kills is a whole number from 1 on, not "many".'],
  ])('refuses %s, and says what there is', (_, words, message) => {
    const { status, stdout, stderr } = bench(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('  pathways-delay ');
  });
});
