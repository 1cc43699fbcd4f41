import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishAgreement, Recognitions } from '@mcr/contracts';
import { type CallerInput, newCtid } from '@mcr/event-kit';
import { type TestRegistry, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import { pathways } from '../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../testing/other-services.ts';

const [bcit, ubc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' })];
let registry: TestRegistry;
beforeAll(async () => {
  registry = await startServices([...otherServices, pathways]);
  for (const institution of [bcit, ubc]) await logInstitution(registry, institution);
});
afterAll(() => registry.close());

async function heldWith(changes: (ctid: string) => Partial<CallerInput<typeof PublishAgreement>>): Promise<{ ctid: string; agreement: string }> {
  const held = aPublishedMicroCredential({ ownedBy: bcit.ctid });
  await logMicroCredential(registry, held);
  const { ctid: agreement } = await registry.call(
    PublishAgreement,
    anAgreement({ from: [{ microCredential: held.ctid }], ...changes(held.ctid) }),
    principals.registrar,
  );
  return { ctid: held.ctid, agreement };
}
const ask = (question: CallerInput<typeof Recognitions>) => registry.call(Recognitions, question, principals.advisor);

describe('The recognitions of what somebody holds', () => {
  it('follow from the agreements that were published', async () => {
    const { ctid, agreement } = await heldWith((microCredential) => ({ from: [{ microCredential, minGrade: 70 }], endDate: '2026-12-31' }));
    const of = async (completedOn: string, grade?: number) =>
      (await ask({ held: [{ microCredential: ctid.toUpperCase().replace('CE-', 'ce-'), completedOn, grade }] })).recognitions;
    expect(await of('2026-12-31', 70)).toEqual([
      {
        receivingOrganization: ubc.ctid,
        agreement: { ctid: agreement, kind: 'ASSIGNED', startDate: '2026-01-01', endDate: '2026-12-31' },
        microCredentials: [ctid],
        status: 'GUARANTEED',
        grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
        reasons: [{ code: 'AGREEMENT_APPLIES', message: expect.any(String) }],
      },
    ]);
    expect(await of('2027-01-01', 70)).toMatchObject([{ status: 'NOT_APPLICABLE', grants: [], reasons: [{ code: 'COMPLETED_OUTSIDE_WINDOW' }] }]);
    expect(await of('2026-12-31')).toMatchObject([{ status: 'INDIVIDUAL_ASSESSMENT', reasons: [{ code: 'CONDITION_UNMET' }] }]);
  });

  it('are left to individual assessment for what no agreement names', async () => {
    const microCredential = newCtid();
    const { recognitions } = await registry.call(Recognitions, { held: [{ microCredential, completedOn: '2026-05-05' }] }, principals.learner);
    expect(recognitions).toMatchObject([{ status: 'INDIVIDUAL_ASSESSMENT', microCredentials: [microCredential], reasons: [{ code: 'NO_AGREEMENT' }] }]);
  });

  it('are of a day, and name the facts that they follow from', async () => {
    const { ctid } = await heldWith(() => ({}));
    const held = [{ microCredential: ctid, completedOn: '2026-05-05' }];
    const { asOf, graphVersion, recognitions } = await ask({ held, asOf: '2026-05-04' });
    expect({ asOf, codes: recognitions.flatMap(({ reasons }) => reasons.map(({ code }) => code)) }).toEqual({
      asOf: '2026-05-04',
      codes: ['NOT_YET_EFFECTIVE'],
    });
    await heldWith(() => ({}));
    expect(await ask({ held: [{ microCredential: ctid, completedOn: '2099-05-05' }] })).toMatchObject({
      asOf: '2099-05-05',
      graphVersion: graphVersion + 2,
      recognitions: [{ status: 'GUARANTEED' }],
    });
  });

  it('are refused with what is wrong with the question', async () => {
    const wrong = [{ microCredential: 'x', completedOn: '2026-02-30', grade: 101 }];
    await expect(ask({ held: wrong, asOf: '2026-13-01' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      faults: ['/held/0/microCredential', '/held/0/completedOn', '/held/0/grade', '/asOf'].map((pointer) => expect.objectContaining({ pointer })),
    });
    const many = Array.from({ length: 10_000 }, () => ({ microCredential: newCtid(), completedOn: '2026-05-05' }));
    await expect(ask({ held: many })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      faults: [expect.objectContaining({ pointer: '/held', code: 'TOO_BIG' })],
    });
  });
});
