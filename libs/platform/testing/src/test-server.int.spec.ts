import { access } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { removeLeftServers } from './test-server.ts';
import { startTypeScript } from './typescript-process.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('the test server', () => {
  it('of a run that was killed is removed by the next run, that of a run which goes on is not', async () => {
    const run = startTypeScript(new URL('./testing/run-test-server.ts', import.meta.url));
    const dataDir = await run.line();
    await removeLeftServers();
    expect(await exists(dataDir)).toBe(true);

    run.child.kill('SIGKILL');
    await run.ended;
    await removeLeftServers();
    expect(await exists(dataDir)).toBe(false);
  });
});
