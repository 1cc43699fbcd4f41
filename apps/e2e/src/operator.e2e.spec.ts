import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { Client } from 'pg';
import { RegistryProcess } from './testing/registry-process.ts';
import type { Finished } from './testing/registry-process.ts';

describe('An operator at a terminal', () => {
  let registry: RegistryProcess;
  const operator = (...parameters: string[]): Finished => registry.npm('operator', ...parameters);

  beforeAll(async () => {
    registry = await RegistryProcess.start({});
    await writeAnEventThatNobodyCanRead();
  });
  afterAll(() => registry.remove());

  /** As a fault in a service would: well-formed outside, nonsense inside. Nothing that institutions send gets so far. */
  async function writeAnEventThatNobodyCanRead(): Promise<void> {
    const read = (name: string): string => readFileSync(join(registry.dataDir, name), 'utf8').trim();
    const password = encodeURIComponent(read('secrets/postgres-superuser'));
    const database = new Client({ connectionString: `postgresql://postgres:${password}@127.0.0.1:${read('postgres-port')}/mcr` });
    await database.connect();
    const type = 'ca.bc.mcr.award.issued.v1';
    await database.query(
      `with made as (select gen_random_uuid() as id)
       select awards.append_events(array['mcr.awards.v1'], array[0], array[id], array['urn:uuid:' || id], array[1], array['${type}'],
         json_build_object('specversion', '1.0', 'id', id, 'source', 'urn:bc:mcr:svc:awards', 'type', '${type}', 'subject', 'urn:uuid:' || id,
           'time', now(), 'partitionkey', 'urn:uuid:' || id, 'aggregateversion', 1, 'data', json_build_object('learnerRef', 'somebody'))::text)
       from made`,
    );
    await database.end();
  }

  it('finds it among the dead letters, sees it masked, and cannot redrive it while its cause remains', async () => {
    await eventually(() => expect(operator('--service', 'search', 'dead-letters', 'list').stdout).toContain('mcr.awards.v1'), { timeoutMs: 60_000 });
    const id = idOf(operator('--service', 'search', 'dead-letters', 'list').stdout);
    const shown = operator('--service', 'search', 'dead-letters', 'show', id);
    expect({ status: shown.status, stderr: shown.stderr }).toEqual({ status: 0, stderr: '' });
    expect(shown.stdout).not.toContain('somebody');

    const redriven = operator('--service', 'search', 'dead-letters', 'redrive', id, '--reason', 'Trying once more');
    expect(redriven.status).toBe(1);
    expect(operator('--service', 'search', 'dead-letters', 'list').stdout).toContain('mcr.awards.v1');
  });

  it('drops it together with a second person, who must be another one, and every act is on record', () => {
    const id = idOf(operator('--service', 'search', 'dead-letters', 'list').stdout);
    const asked = operator('--service', 'search', 'dead-letters', 'discard', id, '--reason', 'Written by a fault that is mended');
    expect({ status: asked.status, stderr: asked.stderr }).toEqual({ status: 0, stderr: '' });
    expect(operator('--service', 'search', 'dead-letters', 'confirm', id, '--reason', 'Seen by the same person').status).toBe(2);
    const confirmed = operator('--as', 'ministry-registrar', '--service', 'search', 'dead-letters', 'confirm', id, '--reason', 'Seen by a second person');
    expect({ status: confirmed.status, stderr: confirmed.stderr }).toEqual({ status: 0, stderr: '' });

    expect(operator('--service', 'search', 'dead-letters', 'list').stdout).not.toContain('mcr.awards.v1');
    const actions = operator('--service', 'search', 'actions').stdout;
    for (const reason of ['Trying once more', 'Written by a fault that is mended', 'Seen by a second person']) expect(actions).toContain(reason);
  });

  it('sees that nobody is behind, and that every consumer agrees with its owners’ logs', async () => {
    await eventually(() => expect(operator('lag').status).toBe(0), { timeoutMs: 30_000 });
    const reconciled = operator('--service', 'search', 'reconcile', '--rows');
    expect({ status: reconciled.status, stderr: reconciled.stderr }).toEqual({ status: 0, stderr: '' });
  });
});

/** The first column of the line that tells of the awards' topic. */
const idOf = (listed: string): string =>
  listed
    .split('\n')
    .find((line) => line.includes('mcr.awards.v1'))!
    .trim()
    .split(/\s+/)[0]!;
