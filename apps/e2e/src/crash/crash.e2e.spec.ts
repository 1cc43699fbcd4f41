import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

interface Report {
  readonly awards: number;
  readonly kills: readonly { readonly target: string; readonly point: string }[];
  readonly refused: readonly string[];
  readonly notStoppedInOrder: readonly string[];
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const NOTHING = { lost: [], doubled: [], reordered: [], skipped: [], deadLetters: [] };

describe('institutions send while processes, the database and what lies between them are killed', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'mcr-e2e-crash-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('nothing that was answered is lost, doubled, reordered, skipped or set aside: everything in one process', () => {
    const file = join(folder, 'local.json');
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'bench', '--', 'crash', '--awards', '2000', '--kills', '20', '--report', file], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
    expect(stdout.trim().split('\n').at(-1)).toMatch(/0 lost, 0 doubled, 0 reordered, 0 skipped$/);

    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect(report).toMatchObject({ findings: NOTHING, refused: [], notStoppedInOrder: [] });
    expect(report.awards).toBeGreaterThanOrEqual(2000);
    expect(report.kills.length).toBeGreaterThanOrEqual(20);
    const at = (place: string): number => report.kills.filter(({ target, point }) => target === place || point === place).length;
    for (const place of ['after-append-before-commit', 'after-effect-before-commit', 'postgres']) expect([place, at(place) >= 2]).toEqual([place, true]);
  }, 300_000);
});
