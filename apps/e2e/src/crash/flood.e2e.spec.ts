import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

describe('malformed records come among good ones', () => {
  it('refuses each of them with its code, and takes all others', () => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'bench', '--', 'flood', '--records', '5000'], { cwd: root, encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
    const [, malformed, good, wrong] = /flood: (\d+) malformed among (\d+) good, (\d+) wrong$/.exec(stdout.trim())!.map(Number);
    expect(malformed).toBe(500);
    expect(good).toBeGreaterThanOrEqual(4500);
    expect(wrong).toBe(0);
  }, 180_000);
});
