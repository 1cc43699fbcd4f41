import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { answerTo } from './testing/faces.ts';
import { describeInEachMode } from './testing/modes.ts';
import { Province } from './testing/province.ts';
import { RegistryProcess } from './testing/registry-process.ts';

const RECORDS = 5_000;

interface Status {
  readonly registryStatus: { readonly awards: number };
}

describeInEachMode('everything is killed in the middle of a publish', (mode) => {
  let registry: RegistryProcess;
  let file: string;

  beforeAll(async () => {
    registry = await RegistryProcess.start({ mode });
    const province = new Province(registry);
    await province.institution('SELK', 'Selkirk College');
    const forestry = await province.microCredential('SELK', { title: 'Forest Inventory' });
    await province.clientToken('SELK');
    const rows = Array.from({ length: RECORDS }, (_, index) => `SELK-2026-${index},1,${forestry},2026-10-01,INSTRUCTION,N${index}`);
    file = join(registry.dataDir, 'awards.csv');
    await writeFile(file, ['sourceAwardId,revision,microCredentialCtid,awardedDate,method,learner.STUDENT_NUMBER', ...rows].join('\n'));
  }, 180_000);

  afterAll(() => registry.remove());

  const awards = async (): Promise<number> => (await answerTo<Status>(registry, '{ registryStatus { awards } }')).registryStatus.awards;

  it('after a restart, publishing the same file again loses nothing and doubles nothing', async () => {
    const publishing = registry.npmInBackground('publisher', 'publish', file, '--institution', 'SELK', '--url', registry.url);
    await eventually(async () => expect(await awards()).toBeGreaterThan(0), { timeoutMs: 30_000 });
    await registry.kill();
    await registry.start();
    const first = await publishing;
    const already = await awards();
    expect(already).toBeLessThanOrEqual(RECORDS);

    const { status, stdout, stderr } = registry.npm('publisher', 'publish', file, '--institution', 'SELK', '--url', registry.url);
    expect({ status, stderr: status === 0 ? '' : stderr + stdout + first.stderr }).toEqual({ status: 0, stderr: '' });
    await eventually(async () => expect(await awards()).toBe(RECORDS), { timeoutMs: 30_000 });
  }, 180_000);
});
