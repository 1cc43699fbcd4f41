import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const run = (tool: string, parameters: string[], environment: Record<string, string> = {}) => {
  const file = fileURLToPath(new URL(tool, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...parameters], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  });
  return { status, stdout, stderr };
};

describe('the commands that start the registry', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mcr-start-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it.each([
    ['npm start', './start.mjs', []],
    ['npm run start:distributed', './start.mjs', ['--distributed']],
    ['npm run start:service', './start-service.mjs', []],
  ])('explain themselves: %s', (name, tool, parameters) => {
    const { status, stdout } = run(tool, [...parameters, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${name} .*DATA_DIR`, 's'));
  });

  it.each([
    ['./start.mjs', ['--frsh']],
    ['./start.mjs', ['--distributed', '--all']],
    ['./start-service.mjs', []],
    ['./start-service.mjs', ['awards', '--port', 'x']],
    ['./start-service.mjs', ['awards', 'programs']],
  ])('refuse what they do not know: %s %j', (tool, parameters) => {
    expect(run(tool, parameters).status).toBe(2);
  });

  it('name the services that are prepared when another is asked for', () => {
    expect(run('./start-service.mjs', ['awards'], { DATA_DIR: dataDir })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('run npm run start:distributed first'),
    });
    mkdirSync(join(dataDir, 'services', 'programs'), { recursive: true });
    writeFileSync(join(dataDir, 'services', 'programs', 'environment'), '');
    expect(run('./start-service.mjs', ['awards'], { DATA_DIR: dataDir }).stderr).toContain('there are programs');
    expect(run('./start-service.mjs', ['../../etc'], { DATA_DIR: dataDir }).status).toBe(2);
  });
});
