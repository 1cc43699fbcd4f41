import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DefineMicroCredential, PublishMicroCredential } from '@mcr/contracts';
import { Refusal, newCtid } from '@mcr/event-kit';
import { principals } from '@mcr/testing';
import { type ProgramsRegistry, startPrograms, titled } from '../testing/programs-registry.ts';

const { registrar } = principals;
let registry: ProgramsRegistry;
beforeAll(async () => {
  registry = await startPrograms({ poolSize: 8 });
  await registry.anInstitution('NIC');
  await registry.anInstitution('SFU');
});
afterAll(() => registry.close());

const define = (title: string, ctid?: string, ownedBy = 'NIC') =>
  registry.call(DefineMicroCredential, { ...(ctid === undefined ? {} : { ctid }), ownedBy, definition: titled(title) }, registrar);

/** Each call's refusal code, or "done", sorted. */
const outcomes = async (calls: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(calls))
    .map((result) => {
      if (result.status === 'fulfilled') return 'done';
      if (result.reason instanceof Refusal) return result.reason.code;
      throw result.reason;
    })
    .sort();

describe('at the same time', () => {
  it('one of several definitions gets the title', async () => {
    expect(await outcomes(['Weaving', 'WEAVING', 'weaving', 'Wéaving'].map((title) => define(title)))).toEqual([
      'TITLE_TAKEN',
      'TITLE_TAKEN',
      'TITLE_TAKEN',
      'done',
    ]);
    expect(await registry.sql('select from micro_credential')).toHaveLength(1);
  });

  it('one of two owners gets the CTID', async () => {
    const ctid = newCtid();
    expect(await outcomes([define('Mine', ctid, 'NIC'), define('Mine', ctid, 'SFU')])).toEqual(['CTID_TAKEN', 'done']);
  });

  it('definitions of one micro-credential replace each other and leave one draft and its title', async () => {
    const ctid = newCtid();
    const titles = ['One', 'Two', 'Three', 'Four'];
    expect(await outcomes(titles.map((title) => define(title, ctid)))).toEqual(['done', 'done', 'done', 'done']);
    expect(await registry.sql('select version, status from micro_credential_version where micro_credential_id = $1', [ctid])).toEqual([
      { version: 1, status: 'DRAFT' },
    ]);
    expect(
      await registry.sql(
        'select t.title_key from title t join micro_credential_version v using (micro_credential_id, title_key) where t.micro_credential_id = $1',
        [ctid],
      ),
    ).toHaveLength(1);
    expect(await registry.sql('select from title where micro_credential_id = $1', [ctid])).toHaveLength(1);
  });

  it('two micro-credentials exchange their titles without waiting for each other for ever', async () => {
    const [a, b] = [(await define('Left')).ctid, (await define('Right')).ctid];
    expect(await outcomes([define('Right', a), define('Left', b)])).toContain('TITLE_TAKEN');
  });

  it('a version is published once, with one event', async () => {
    const { ctid } = await define('Once only');
    const publish = () => registry.call(PublishMicroCredential, { ctid, version: 1 }, registrar);
    expect(await outcomes([publish(), publish(), publish()])).toEqual(['ILLEGAL_STATE', 'ILLEGAL_STATE', 'done']);
    expect(await registry.sql('select from event_log where key = $1', [ctid])).toHaveLength(1);
  });

  it('a draft that is being published is not replaced behind it', async () => {
    const { ctid } = await define('Before');
    const publish = registry.call(PublishMicroCredential, { ctid, version: 1 }, registrar);
    const [published, defined] = await Promise.all([publish, define('After', ctid)]);
    const rows = await registry.sql('select version, status from micro_credential_version where micro_credential_id = $1 order by version', [ctid]);
    const [row] = await registry.sql<{ event: string }>('select event from event_log where key = $1', [ctid]);
    const title = (JSON.parse(row!.event) as { data: { name: Record<string, string> } }).data.name['en-CA'];
    expect(published.status).toBe('PUBLISHED');
    // Either the definition came first and was published, or it came after and is the next version.
    if (defined.version === 1) expect([rows.length, title]).toEqual([1, 'After']);
    else expect([rows.length, title]).toEqual([2, 'Before']);
  });
});
