import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LinkLearner, MyAwards, MyLearner, type PublishedMicroCredential, UnlinkLearner } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import { createLogger } from '@mcr/runtime';
import { principals } from '@mcr/testing';
import { everythingStored, startAwards, type AwardsRegistry, type Institution } from '../testing/awards-registry.ts';
import { aLinkedLearner, awardTo, revokeAward, someone } from '../testing/learners.ts';

const logged: string[] = [];
let registry: AwardsRegistry;
let bcit: Institution;
let ubc: Institution;
let welding: PublishedMicroCredential;
let forestry: PublishedMicroCredential;

beforeAll(async () => {
  registry = await startAwards({}, { log: createLogger('trace', { write: (line) => void logged.push(line) }) });
  bcit = await registry.anInstitution('BCIT');
  ubc = await registry.anInstitution('UBC');
  welding = await registry.aMicroCredentialOf(bcit);
  forestry = await registry.aMicroCredentialOf(ubc);
});
afterAll(() => registry?.close());

const studentNumber = (value: string, institution = 'BCIT') => ({ type: 'STUDENT_NUMBER' as const, value, institution });
const link = (subject: string, identifier: CallerInput<typeof LinkLearner>['identifier']) =>
  registry.call(LinkLearner, { subject, identifier }, principals.registrar);
const unlink = (subject: string) => registry.call(UnlinkLearner, { subject }, principals.registrar);
const awardsSeenBy = (subject: string) => registry.call(MyAwards, {}, someone('learner', subject));
const eventsOf = (learnerRef: string) =>
  registry.sql<{ type: string; version: number }>('select type, version from event_log where key = $1 order by version', [learnerRef]);

describe('A learner who signs in', () => {
  it('sees what every institution awarded, once a registrar said whose sign-in it is', async () => {
    const number = 'L-100';
    const [here] = await awardTo(registry, bcit, number, [welding]);
    await awardTo(registry, ubc, number, [forestry]);
    await expect(awardsSeenBy('ana')).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
    await link('ana', studentNumber(number));
    const seen = await awardsSeenBy('ana');
    // The student number of another institution names somebody else.
    expect(seen).toEqual([
      expect.objectContaining({ awardId: here, institutionCtid: bcit.ctid, microCredentialCtid: welding.ctid, awardedDate: '2026-06-01', status: 'ACTIVE' }),
    ]);
    expect(seen[0]).not.toHaveProperty('learnerRef');
    const { learnerRef } = await registry.call(MyLearner, {}, someone('learner', 'ana'));
    expect(await eventsOf(learnerRef)).toEqual([{ type: 'ca.bc.mcr.learner.linked.v1', version: 1 }]);
  });

  it('sees what an award was at another moment', async () => {
    const { learner, awards } = await aLinkedLearner(registry, bcit, [welding]);
    await revokeAward(registry, bcit, awards[0]!);
    const at = (asOf?: string) => registry.call(MyAwards, { asOf }, learner);
    expect(await at()).toMatchObject([{ status: 'REVOKED', reasonCode: 'ISSUED_IN_ERROR' }]);
    expect((await at('2026-06-02T00:00:00Z'))[0]).toMatchObject({ status: 'ACTIVE' });
    expect((await at('2026-06-02T00:00:00Z'))[0]!.reasonCode).toBeUndefined();
    expect(await at('2026-06-01T06:59:59Z')).toMatchObject([{ status: 'SCHEDULED' }]);
  });

  it('is linked once, however often it is said', async () => {
    await awardTo(registry, bcit, 'L-200', [welding]);
    const first = await link('bo', studentNumber('L-200'));
    expect(await link('bo', studentNumber(' l-200'))).toEqual(first);
    const { learnerRef } = await registry.call(MyLearner, {}, someone('learner', 'bo'));
    expect(await eventsOf(learnerRef)).toHaveLength(1);
  });

  it('has one sign-in, and a sign-in has one learner', async () => {
    await awardTo(registry, bcit, 'L-300', [welding]);
    await awardTo(registry, bcit, 'L-301', [welding]);
    await link('cy', studentNumber('L-300'));
    await expect(link('cy', studentNumber('L-301'))).rejects.toMatchObject({ code: 'SUBJECT_TAKEN', faults: [{ pointer: '/subject' }] });
    await expect(link('cy-again', studentNumber('L-300'))).rejects.toMatchObject({ code: 'LEARNER_TAKEN', faults: [{ pointer: '/identifier' }] });
    await unlink('cy');
    await expect(awardsSeenBy('cy')).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
    await expect(unlink('cy')).rejects.toMatchObject({ code: 'LEARNER_NOT_FOUND' });
    await link('cy-again', studentNumber('L-300'));
    await link('cy', studentNumber('L-301'));
    const { learnerRef } = await registry.call(MyLearner, {}, someone('learner', 'cy-again'));
    expect(await eventsOf(learnerRef)).toEqual([
      { type: 'ca.bc.mcr.learner.linked.v1', version: 1 },
      { type: 'ca.bc.mcr.learner.unlinked.v1', version: 2 },
      { type: 'ca.bc.mcr.learner.linked.v1', version: 3 },
    ]);
  });

  it('is one of two whom two registrars name for one sign-in at once', async () => {
    await awardTo(registry, bcit, 'L-400', [welding]);
    await awardTo(registry, bcit, 'L-401', [welding]);
    const outcomes = await Promise.allSettled(['L-400', 'L-401', 'L-400', 'L-401'].map((number) => link('dee', studentNumber(number))));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(await awardsSeenBy('dee')).toHaveLength(1);
  });

  it.each<[string, CallerInput<typeof LinkLearner>['identifier'], string, string]>([
    ['nobody has', studentNumber('L-999'), 'LEARNER_NOT_FOUND', '/identifier'],
    ['is of another institution', studentNumber('L-200', 'UBC'), 'LEARNER_NOT_FOUND', '/identifier'],
    ['is no PEN', { type: 'PEN', value: '123456789' }, 'INVALID_INPUT', '/identifier/value'],
    ['is a student number of nowhere', { type: 'STUDENT_NUMBER', value: 'L-100' }, 'INVALID_INPUT', '/identifier/institution'],
    ['is a PEN of an institution', { type: 'PEN', value: '120164447', institution: 'BCIT' }, 'INVALID_INPUT', '/identifier/institution'],
    ['is empty', { type: 'EMAIL', value: '' }, 'INVALID_INPUT', '/identifier/value'],
    ['cannot be stored', { type: 'EMAIL', value: 'a\u0000@example.ca' }, 'INVALID_INPUT', '/identifier/value'],
  ])('is not named by an identifier that %s', async (_what, identifier, code, pointer) => {
    await expect(link('eve', identifier)).rejects.toMatchObject({ code, faults: [expect.objectContaining({ pointer })] });
  });

  it.each(['analyst', 'reviewer', 'advisor', 'learner', 'admin', 'service'] as const)('is named by no %s', async (who) => {
    const input = { subject: 'eve', identifier: studentNumber('L-100') };
    await expect(registry.call(LinkLearner, input, principals[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(registry.call(UnlinkLearner, { subject: 'ana' }, principals[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    if (who !== 'learner') await expect(registry.call(MyAwards, {}, principals[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves neither identifier nor sign-in behind, in tables, events, refusals and logs', async () => {
    const canary = { type: 'EMAIL' as const, value: 'canary.bird@example.ca' };
    const refusals = [
      await link('canary-sign-in', canary).catch((refused: unknown) => refused),
      await link('canary-sign-in', { type: 'PEN', value: 'canary-pen' }).catch((refused: unknown) => refused),
    ];
    await awardTo(registry, bcit, 'CANARY-500', [welding]);
    await link('canary-sign-in', studentNumber('CANARY-500'));
    refusals.push(await link('canary-other', studentNumber('CANARY-500')).catch((refused: unknown) => refused));
    await unlink('canary-sign-in');
    const said = refusals.map((refused) => `${String(refused)} ${JSON.stringify(refused)}`).join(' ');
    expect(said).toMatch(/LEARNER_NOT_FOUND.*PEN_INVALID.*LEARNER_TAKEN/s);
    expect(`${await everythingStored(registry)} ${said} ${logged.join(' ')}`).not.toMatch(/canary/i);
  });
});
