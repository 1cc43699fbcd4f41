import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

interface Linted {
  readonly fences: readonly string[];
  readonly examples: readonly { readonly example: string; readonly role: string; readonly mustBreak: string; readonly broken: readonly string[] }[];
}

const lintExamples = fileURLToPath(new URL('lint-examples.mjs', import.meta.url));

describe('the fences between projects', () => {
  let linted: Linted;

  beforeAll(() => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [lintExamples], { encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false' } });
    if (status !== 0) throw new Error(stderr);
    linted = JSON.parse(stdout) as Linted;
  }, 120_000);

  it('refuse every example for the reason that it states, and for no other', () => {
    const found = linted.examples.map(({ example, broken }) => ({ example, broken }));
    expect(found).toEqual(linted.examples.map(({ example, mustBreak }) => ({ example, broken: [mustBreak] })));
  });

  it('have an example each', () => {
    const roles = new Set(linted.examples.map(({ role }) => role));
    expect(linted.fences.filter((fence) => !roles.has(fence))).toEqual([]);
  });
});
