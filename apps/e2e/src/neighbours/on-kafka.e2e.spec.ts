import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { kafkaUnavailable } from '@mcr/testing';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const missing = kafkaUnavailable();

describe('nobody publishes for another on Kafka', () => {
  (missing ? it.skip : it)(
    `20 × 20 institutions are kept from each other's topics, and believed in nothing that they say of themselves${missing ? ` (${missing})` : ''}`,
    () => {
      const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'bench', '--', 'neighbours', '--institutions', '20'], { cwd: root, encoding: 'utf8' });
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
      expect(stdout.match(/: 380 tries, 0 wrong$/gm)).toHaveLength(4);
      expect(stdout.trim().split('\n').at(-1)).toBe('neighbours: 20 × 20 institutions, 4 ways on Kafka: 0 wrong');
    },
    600_000,
  );
});
