import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishAgreement, PublishPathway } from '@mcr/contracts';
import { type CallerInput, Refusal, newCtid } from '@mcr/event-kit';
import { type TestRegistry, aPathway, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import { pathways } from '../../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../../testing/other-services.ts';

type Agreement = CallerInput<typeof PublishAgreement>;

const [bcit, ubc, cnc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' }), anInstitutionSnapshot({ code: 'CNC' })];
const credit = aPublishedMicroCredential({ ownedBy: bcit.ctid });
const another = aPublishedMicroCredential({ ownedBy: bcit.ctid });
const nonCredit = aPublishedMicroCredential({ ownedBy: bcit.ctid, isNonCredit: true, creditValue: undefined });
let registry: TestRegistry;
let course = 100;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways]);
  for (const institution of [bcit, ubc, cnc]) await logInstitution(registry, institution);
  for (const microCredential of [credit, another, nonCredit]) await logMicroCredential(registry, microCredential);
});
afterAll(() => registry.close());

/** An agreement on ground of its own and of a priority of its own, unless the changes say otherwise. */
const proposal = (changes: Partial<Agreement> = {}): Agreement => {
  course += 1;
  const grants = [{ course: `STAT ${course}`, subject: 'STAT', credits: 3 }];
  return anAgreement({ from: [{ microCredential: credit.ctid }], grants, priority: course, ...changes });
};
const publish = (input: Agreement) => registry.call(PublishAgreement, input, principals.registrar);

async function refusal(input: Agreement): Promise<{ code: string; faults: string[] }> {
  const outcome = await publish(input)
    .then(() => undefined)
    .catch((error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error('It was not refused.', { cause: outcome });
  return { code: outcome.code, faults: outcome.faults.map(({ pointer, code }) => `${pointer} ${code}`) };
}

const logged = async () =>
  (await registry.database('pathways').query<{ event: string }>('select event from event_log order by pos')).map(
    ({ event }) => JSON.parse(event) as { type: string; aggregateversion: number; data: object },
  );
const kept = async () => (await registry.database('pathways').query<{ count: number }>('select count(*)::int as count from agreement'))[0]!.count;

describe('Publishing an agreement', () => {
  it('makes it active at once, and says so in one event with all of it', async () => {
    const input = proposal({
      kind: 'CLUSTER',
      from: [{ microCredential: credit.ctid, minGrade: 72.5 }, { microCredential: another.ctid }],
      endDate: '2028-02-29',
    });
    const terms = { kind: 'CLUSTER', startDate: '2026-01-01', endDate: '2028-02-29' };
    expect(await publish(input)).toEqual({ ctid: input.ctid, version: 1, ...terms, status: 'ACTIVE', notices: [] });
    expect((await logged()).at(-1)).toMatchObject({
      type: 'ca.bc.mcr.transferAgreement.activated.v1',
      aggregateversion: 1,
      data: {
        ctid: input.ctid,
        sendingOrganization: bcit.ctid,
        receivingOrganization: ubc.ctid,
        kind: 'CLUSTER',
        from: input.from,
        grants: input.grants,
        startDate: '2026-01-01',
        endDate: '2028-02-29',
        status: 'ACTIVE',
      },
    });
  });

  it('gives it a CTID where none was chosen', async () => {
    expect((await publish(proposal({ ctid: undefined }))).ctid).toMatch(/^ce-/);
  });

  it.each([
    ['INSTITUTION_NOT_FOUND', { receiver: 'NOBODY' }, ['/receiver INSTITUTION_NOT_FOUND']],
    ['MICRO_CREDENTIAL_NOT_FOUND', { sender: 'UBC', receiver: 'BCIT' }, ['/from/0/microCredential MICRO_CREDENTIAL_NOT_FOUND']],
    ['NONCREDIT_ASSIGNED', { from: [{ microCredential: nonCredit.ctid }] }, ['/from/0/microCredential NONCREDIT_ASSIGNED']],
    ['INVALID_INPUT', { receiver: 'BCIT' }, ['/receiver SENDER_IS_RECEIVER']],
    [
      'INVALID_INPUT',
      { receiver: 'NOBODY', from: [{ microCredential: nonCredit.ctid }], endDate: '2025-01-01' },
      ['/receiver INSTITUTION_NOT_FOUND', '/endDate END_NOT_AFTER_START', '/from/0/microCredential NONCREDIT_ASSIGNED'],
    ],
  ] as const)('is refused with %s, and everything that is wrong', async (code, changes, faults) => {
    const before = [await kept(), (await logged()).length];
    expect(await refusal(proposal(changes as Partial<Agreement>))).toEqual({ code, faults });
    expect([await kept(), (await logged()).length]).toEqual(before);
  });

  it('allows unassigned credit for a non-credit micro-credential', async () => {
    const changes = { kind: 'UNASSIGNED', from: [{ microCredential: nonCredit.ctid }], grants: [{ subject: 'ELEC', level: 100, credits: 1.5 }] } as const;
    expect(await publish(proposal(changes as unknown as Partial<Agreement>))).toMatchObject({ status: 'ACTIVE' });
  });

  it('is refused for the CTID of a pathway, and a pathway for that of an agreement', async () => {
    const pathway = await registry.call(PublishPathway, aPathway(), principals.registrar);
    expect(await refusal(proposal({ ctid: pathway.ctid }))).toEqual({ code: 'CTID_TAKEN', faults: ['/ctid CTID_TAKEN'] });
    const { ctid } = await publish(proposal());
    await expect(registry.call(PublishPathway, aPathway({ ctid }), principals.registrar)).rejects.toMatchObject({
      code: 'CTID_TAKEN',
      faults: [{ pointer: '/ctid', code: 'CTID_TAKEN', message: 'A transfer agreement has this CTID.' }],
    });
  });

  it('is refused for a CTID that is in use', async () => {
    const { ctid } = await publish(proposal());
    expect(await refusal(proposal({ ctid }))).toEqual({ code: 'CTID_TAKEN', faults: ['/ctid CTID_TAKEN'] });
  });

  it('is refused on days that another agreement covers, and only on those', async () => {
    const grants = [{ course: 'CHEM 110', subject: 'CHEM', credits: 3 }];
    await publish(proposal({ grants, startDate: '2026-01-01', endDate: '2026-06-30' }));
    expect(await refusal(proposal({ grants, startDate: '2026-06-30' }))).toEqual({ code: 'OVERLAP', faults: ['/startDate OVERLAP'] });
    expect(await publish(proposal({ grants, startDate: '2026-07-01' }))).toMatchObject({ status: 'ACTIVE' });
    expect(await refusal(proposal({ grants: [{ ...grants[0]!, credits: 1 }], startDate: '2030-01-01' }))).toMatchObject({ code: 'OVERLAP' });
  });

  it('lets one of many through when all cover the same ground at once', async () => {
    const grants = [{ course: 'RACE 100', subject: 'RACE', credits: 3 }];
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => publish(proposal({ grants }))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Refusal).code] : []));
    expect(new Set(codes)).toEqual(new Set(['OVERLAP']));
  });

  it('lets one of many through when all have the same CTID', async () => {
    const ctid = newCtid();
    const outcomes = await Promise.allSettled(['CNC', 'UBC', 'CNC', 'UBC'].map((receiver) => publish(proposal({ ctid, receiver }))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('waits for what was acknowledged elsewhere and is still on its way here', async () => {
    const late = aPublishedMicroCredential({ ownedBy: bcit.ctid });
    await logInstitution(registry, anInstitutionSnapshot({ code: 'LATE' }));
    await logMicroCredential(registry, late);
    expect(await publish(proposal({ from: [{ microCredential: late.ctid }], receiver: 'LATE' }))).toMatchObject({ status: 'ACTIVE' });
  });

  it('is for the ministry registrar alone', async () => {
    for (const principal of [principals.analyst, principals.advisor, principals.institution('BCIT')]) {
      await expect(registry.call(PublishAgreement, proposal(), principal)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
