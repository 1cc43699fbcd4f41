import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { kafkaUnavailable } from '@mcr/testing';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const missing = kafkaUnavailable();

function takesTheGoodAndRefusesTheRest(...parameters: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'bench', '--', 'flood', '--records', '5000', ...parameters], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  const [, malformed, good, wrong] = /flood: (\d+) malformed among (\d+) good, (\d+) wrong$/.exec(stdout.trim())!.map(Number);
  expect(malformed).toBe(500);
  expect(good).toBeGreaterThanOrEqual(4500);
  expect(wrong).toBe(0);
}

describe('malformed records come among good ones', () => {
  it('over HTTPS: refuses each of them with its code, and takes all others', () => takesTheGoodAndRefusesTheRest(), 300_000);

  (missing ? it.skip : it)(
    `on Kafka: gives each of them an outcome with its code or lists it, and takes all others${missing ? ` (${missing})` : ''}`,
    () => takesTheGoodAndRefusesTheRest('--carrier', 'kafka'),
    600_000,
  );
});
