import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DefineMicroCredential, PublishMicroCredential, PublishedMicroCredential } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { principals } from '@mcr/testing';
import { type ProgramsRegistry, refusalOf, startPrograms, titled } from '../testing/programs-registry.ts';

const { registrar } = principals;
let registry: ProgramsRegistry;
let nic: string;
let failsBeforeCommit = false;

beforeAll(async () => {
  registry = await startPrograms({
    atFaultPoint: (point) => {
      if (failsBeforeCommit && point === 'after-append-before-commit') throw new Error('The machine stopped here.');
    },
  });
  nic = await registry.anInstitution('NIC');
});
afterAll(() => registry.close());

const define = async (title: string, changes: Parameters<typeof titled>[1] = {}, ctid?: string): Promise<string> =>
  (await registry.call(DefineMicroCredential, { ...(ctid === undefined ? {} : { ctid }), ownedBy: 'NIC', definition: titled(title, changes) }, registrar)).ctid;
const publish = (ctid: string, version = 1) => registry.call(PublishMicroCredential, { ctid, version }, registrar);
const eventsOf = async (ctid: string) =>
  (await registry.sql<{ event: string }>('select event from event_log where key = $1 order by pos', [ctid])).map(
    ({ event }) => JSON.parse(event) as { type: string; aggregateversion: number; data: PublishedMicroCredential },
  );
const statusOf = async (ctid: string) =>
  (await registry.sql<{ status: string }>('select status from micro_credential_version where micro_credential_id = $1 order by version', [ctid])).map(
    (row) => row.status,
  );

describe('publishing a version', () => {
  it('says the whole of it in one event', async () => {
    const definition = titled('Bread baking', { totalHours: undefined, exactDuration: 'PT40H30M' });
    const { ctid } = await registry.call(DefineMicroCredential, { ownedBy: 'NIC', definition }, registrar);
    expect(await publish(ctid)).toMatchObject({ ctid, version: 1, ownedBy: 'NIC', status: 'PUBLISHED' });
    const [event, ...more] = await eventsOf(ctid);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: 'ca.bc.mcr.microCredential.published.v1', aggregateversion: 1 });
    expect(event!.data).toMatchObject({ ...definition, totalHours: 40.5, ctid, version: 1, ownedBy: nic, offeredBy: [nic], status: 'PUBLISHED' });
    expect(PublishedMicroCredential.parse(event!.data)).toEqual(event!.data);
  });

  it('counts the events of the micro-credential with each version', async () => {
    const ctid = await define('Knot tying');
    await publish(ctid);
    await define('Knots and lines', {}, ctid);
    await publish(ctid, 2);
    expect((await eventsOf(ctid)).map(({ aggregateversion, data }) => [aggregateversion, data.version, data.name['en-CA']])).toEqual([
      [1, 1, 'Knot tying'],
      [2, 2, 'Knots and lines'],
    ]);
  });

  it('is refused with every fault by every failing rule, and leaves the draft', async () => {
    const ctid = await define('Everything wrong', { totalHours: 288, isNonCredit: undefined, creditValue: { value: 0.3 }, assessments: [] });
    const refusal = await refusalOf(publish(ctid));
    expect(refusal).toMatchObject({ code: 'RULES_NOT_MET', status: 422 });
    expect(refusal.faults.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual([
      'D1 /totalHours',
      'A1 /assessments',
      'A2 /competencies/0',
      'K1 /isNonCredit',
      'K2 /creditValue/value',
    ]);
    for (const fault of refusal.faults)
      expect(fault).toMatchObject({ code: 'RULE_NOT_MET', message: expect.stringMatching(/\.$/), hint: expect.stringMatching(/\.$/) });
    expect(await statusOf(ctid)).toEqual(['DRAFT']);
    await define('Everything right', {}, ctid);
    expect((await publish(ctid)).status).toBe('PUBLISHED');
  });

  it('happens once, and needs a version that exists', async () => {
    const ctid = await define('Once');
    await publish(ctid);
    expect((await refusalOf(publish(ctid))).code).toBe('ILLEGAL_STATE');
    expect((await refusalOf(publish(ctid, 2))).code).toBe('MICRO_CREDENTIAL_NOT_FOUND');
    expect((await refusalOf(publish(newCtid()))).code).toBe('MICRO_CREDENTIAL_NOT_FOUND');
    expect(await eventsOf(ctid)).toHaveLength(1);
  });

  it('is the registrar’s', async () => {
    const ctid = await define('Whose');
    for (const principal of [principals.institution('NIC'), principals.analyst, principals.reviewer, principals.client('nic-publisher')]) {
      expect((await refusalOf(registry.call(PublishMicroCredential, { ctid, version: 1 }, principal))).code).toBe('FORBIDDEN');
    }
  });

  it('writes version and event, or neither', async () => {
    const ctid = await define('Half');
    failsBeforeCommit = true;
    await expect(publish(ctid)).rejects.toThrow('stopped here');
    failsBeforeCommit = false;
    expect(await statusOf(ctid)).toEqual(['DRAFT']);
    expect(await eventsOf(ctid)).toEqual([]);
    await publish(ctid);
    expect(await eventsOf(ctid)).toMatchObject([{ aggregateversion: 1 }]);
  });
});

describe('a published version', () => {
  it('never changes, whoever asks the database', async () => {
    const ctid = await define('Carved in stone');
    await publish(ctid);
    for (const change of [
      `update micro_credential_version set definition = jsonb_set(definition, '{totalHours}', '1') where micro_credential_id = $1`,
      `update micro_credential_version set status = 'DRAFT', rule_set = null where micro_credential_id = $1`,
      `update micro_credential_version set changed_by = 'nobody' where micro_credential_id = $1`,
      `delete from micro_credential_version where micro_credential_id = $1`,
    ]) {
      await expect(registry.sql(change, [ctid])).rejects.toThrow('is published and never changes');
    }
    await expect(registry.sql('alter table micro_credential_version disable trigger all')).rejects.toThrow('must be owner');
    await expect(registry.sql('truncate micro_credential_version')).rejects.toThrow('permission denied');
  });
});
