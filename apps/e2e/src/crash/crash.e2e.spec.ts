import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaUnavailable } from '@mcr/testing';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

interface Report {
  readonly awards: number;
  readonly kills: readonly { readonly target: string; readonly point: string }[];
  readonly refused: readonly string[];
  readonly notStoppedInOrder: readonly string[];
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const NOTHING = { lost: [], doubled: [], reordered: [], skipped: [], deadLetters: [] };

/** What must have been killed, or stood where it was killed, at least twice. */
const places = {
  local: ['after-append-before-commit', 'after-effect-before-commit', 'postgres'],
  kafka: ['after-append-before-commit', 'after-effect-before-commit', 'after-commit-before-offset', 'after-send-before-checkpoint', 'postgres', 'broker'],
} as const;

describe('institutions send while processes, the database and what lies between them are killed', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'mcr-e2e-crash-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function staysWhole(carrier: keyof typeof places, kills: number): void {
    const file = join(folder, `${carrier}.json`);
    const parameters = ['--awards', '2000', '--kills', String(kills), '--carrier', carrier, '--report', file];
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'bench', '--', 'crash', ...parameters], { cwd: root, encoding: 'utf8' });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
    expect(stdout.trim().split('\n').at(-1)).toMatch(/0 lost, 0 doubled, 0 reordered, 0 skipped$/);

    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect(report).toMatchObject({ findings: NOTHING, refused: [], notStoppedInOrder: [] });
    expect(report.awards).toBeGreaterThanOrEqual(2000);
    expect(report.kills.length).toBeGreaterThanOrEqual(kills);
    const at = (place: string): number => report.kills.filter(({ target, point }) => target === place || point === place).length;
    expect(places[carrier].filter((place) => at(place) < 2)).toEqual([]);
  }

  it('nothing that was answered is lost, doubled, reordered, skipped or set aside: everything in one process', () => {
    staysWhole('local', 20);
  }, 600_000);

  const missing = kafkaUnavailable();
  (missing ? it.skip : it)(
    `nothing that was answered is lost, doubled, reordered, skipped or set aside: one process each on Kafka${missing ? ` (${missing})` : ''}`,
    () => staysWhole('kafka', 28),
    600_000,
  );
});
