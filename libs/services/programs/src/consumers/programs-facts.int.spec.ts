import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DefineMicroCredential, InstitutionActivated, PublishMicroCredential, topics } from '@mcr/contracts';
import { envelop, newCtid, partitionOf } from '@mcr/event-kit';
import { anInstitutionSnapshot, eventually, principals } from '@mcr/testing';
import { type ProgramsRegistry, refusalOf, startPrograms, titled } from '../testing/programs-registry.ts';
import { ProgramsFacts } from './programs-facts.consumer.ts';

const { registrar } = principals;
let registry: ProgramsRegistry;
beforeAll(async () => {
  registry = await startPrograms();
});
afterAll(() => registry.close());

/** A CTID whose events come after those of another: only one partition has an order. */
function inThePartitionOf(other: string): string {
  const partition = (ctid: string) => partitionOf(ctid, topics.institutions.partitions);
  for (;;) {
    const ctid = newCtid();
    if (partition(ctid) === partition(other)) return ctid;
  }
}

const kept = (ctid: string) => registry.sql('select code, status, version from institution where id = $1', [ctid]);
const define = (ownedBy: string, title: string) => registry.call(DefineMicroCredential, { ownedBy, definition: titled(title) }, registrar);

describe('what programs keeps of institutions', () => {
  it('arrives by itself, and until then the answer says to try again', async () => {
    const refusal = await refusalOf(define('AAA', 'Too early'));
    expect(refusal.code).toBe('INSTITUTION_NOT_FOUND');
    expect(refusal.faults[0]!.hint).toContain('may take a second');
    await registry.institutionIs({ ctid: newCtid(), code: 'AAA', status: 'INVITED', version: 1 });
    await registry.institutionIs({ ctid: newCtid(), code: 'AAB', status: 'ACTIVE', version: 3 });
    await eventually(() => define('AAB', 'In time'));
    expect((await refusalOf(define('AAA', 'Not active yet'))).code).toBe('INSTITUTION_NOT_FOUND');
  });

  it('stops the work of a suspended institution, and lets it go on afterwards', async () => {
    const ctid = await registry.anInstitution('BBB');
    const draft = await define('BBB', 'Half done');
    await registry.suspend('BBB', ctid);
    expect((await refusalOf(define('BBB', 'Something new'))).code).toBe('INSTITUTION_SUSPENDED');
    const publish = () => registry.call(PublishMicroCredential, { ctid: draft.ctid, version: 1 }, registrar);
    expect((await refusalOf(publish())).code).toBe('INSTITUTION_SUSPENDED');
    await registry.institutionIs({ ctid, code: 'BBB', status: 'ACTIVE', version: 5 });
    expect((await eventually(publish)).status).toBe('PUBLISHED');
  });

  it('never goes back to an older state', async () => {
    const late = newCtid();
    await registry.institutionIs({ ctid: late, code: 'CCC', status: 'SUSPENDED', version: 7 });
    await registry.institutionIs({ ctid: late, code: 'CCC', status: 'ACTIVE', version: 6 });
    const last = inThePartitionOf(late);
    await registry.institutionIs({ ctid: last, code: 'CCD', status: 'ACTIVE', version: 3 });
    await eventually(async () => expect(await kept(last)).toHaveLength(1));
    expect(await kept(late)).toEqual([{ code: 'CCC', status: 'SUSPENDED', version: 7 }]);
  });

  it('is the same when an event comes twice', async () => {
    const ctid = newCtid();
    const event = envelop(InstitutionActivated, anInstitutionSnapshot({ ctid, code: 'DDD' }), { service: 'institutions', version: 3, now: new Date() });
    const react = () => registry.parts('programs').unitOfWork.run((tx) => new ProgramsFacts().keepInstitutionWhenItChanges(event, { tx }));
    await react();
    const once = await kept(ctid);
    await react();
    expect(await kept(ctid)).toEqual(once);
    expect(once).toEqual([{ code: 'DDD', status: 'ACTIVE', version: 3 }]);
  });
});
