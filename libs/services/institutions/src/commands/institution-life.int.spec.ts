import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActivateInstitution, InviteInstitution, ReinstateInstitution, SuspendInstitution, VerifyInstitution } from '@mcr/contracts';
import { english, newCtid } from '@mcr/event-kit';
import { type TestRegistry, anInstitution, principals } from '@mcr/testing';
import { anActiveInstitution, codes, eventsOf, refusalOf, rowOf, startInstitutions } from '../testing/institutions-registry.ts';

const { registrar, secondRegistrar, analyst } = principals;
const aCode = codes();
let registry: TestRegistry;
let failsBeforeCommit = false;

beforeAll(async () => {
  registry = await startInstitutions({
    atFaultPoint: (point) => {
      if (failsBeforeCommit && point === 'after-append-before-commit') throw new Error('The machine stopped here.');
    },
  });
});
afterAll(() => registry.close());

describe('the life of an institution', () => {
  it('is told step by step, each with its state and its event', async () => {
    const institution = aCode();
    const invitation = anInstitution({ code: institution });
    const answers = [
      await registry.call(InviteInstitution, invitation, registrar),
      await registry.call(VerifyInstitution, { institution, expectedVersion: 1 }, registrar),
      await registry.call(ActivateInstitution, { institution, expectedVersion: 2 }, secondRegistrar),
      await registry.call(SuspendInstitution, { institution, reason: 'Fees unpaid.' }, registrar),
      await registry.call(ReinstateInstitution, { institution, reason: 'Fees paid.' }, registrar),
    ];
    const logged = await eventsOf(registry, invitation.ctid!);
    expect(logged.map(({ type }) => type)).toEqual(
      ['invited', 'verified', 'activated', 'suspended', 'reinstated'].map((step) => `ca.bc.mcr.institution.${step}.v1`),
    );
    expect(logged.map(({ aggregateversion, data }) => ({ ...data, version: aggregateversion }))).toEqual(answers);
    expect(answers.map(({ version, status, reason }) => [version, status, reason])).toEqual([
      [1, 'INVITED', undefined],
      [2, 'PENDING_VERIFICATION', undefined],
      [3, 'ACTIVE', undefined],
      [4, 'SUSPENDED', 'Fees unpaid.'],
      [5, 'ACTIVE', 'Fees paid.'],
    ]);
    expect(await rowOf(registry, institution)).toMatchObject({ version: 5, verified_by: registrar.subject, activated_by: secondRegistrar.subject });
  });

  it('begins with a CTID of its own when none is given', async () => {
    const { ctid } = await registry.call(InviteInstitution, { ...anInstitution({ code: aCode() }), ctid: undefined }, registrar);
    expect(ctid).toMatch(/^ce-/);
    expect(await eventsOf(registry, ctid)).toHaveLength(1);
  });

  it('keeps state and event together when the process stops before the commit: neither is there', async () => {
    const code = aCode();
    const active = await anActiveInstitution(registry, code);
    const invitation = anInstitution({ code: aCode() });
    failsBeforeCommit = true;
    await expect(registry.call(SuspendInstitution, { institution: code, reason: 'Fees unpaid.' }, registrar)).rejects.toThrow('stopped here');
    await expect(registry.call(InviteInstitution, invitation, registrar)).rejects.toThrow('stopped here');
    failsBeforeCommit = false;
    expect(await rowOf(registry, code)).toMatchObject({ status: 'ACTIVE', version: 3 });
    expect(await eventsOf(registry, active.ctid)).toHaveLength(3);
    expect(await rowOf(registry, invitation.code)).toBeUndefined();
    expect(await eventsOf(registry, invitation.ctid!)).toEqual([]);
    expect((await registry.call(SuspendInstitution, { institution: code, reason: 'Fees unpaid.' }, registrar)).version).toBe(4);
  });

  it('is not approved by the person who asked for it', async () => {
    const institution = aCode();
    await registry.call(InviteInstitution, anInstitution({ code: institution }), registrar);
    await registry.call(VerifyInstitution, { institution }, secondRegistrar);
    expect((await refusalOf(registry.call(ActivateInstitution, { institution }, secondRegistrar))).code).toBe('APPROVER_IS_REQUESTER');
    expect((await registry.call(ActivateInstitution, { institution }, registrar)).status).toBe('ACTIVE');
  });

  it('does not allow a step twice or out of order', async () => {
    const institution = aCode();
    await registry.call(InviteInstitution, anInstitution({ code: institution }), registrar);
    const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;
    expect(await codeOf(registry.call(ActivateInstitution, { institution }, secondRegistrar))).toBe('ILLEGAL_STATE');
    expect(await codeOf(registry.call(SuspendInstitution, { institution, reason: 'Too early.' }, registrar))).toBe('ILLEGAL_STATE');
    await registry.call(VerifyInstitution, { institution }, registrar);
    expect(await codeOf(registry.call(VerifyInstitution, { institution }, secondRegistrar))).toBe('ILLEGAL_STATE');
    expect(await rowOf(registry, institution)).toMatchObject({ version: 2, verified_by: registrar.subject });
  });

  it('does not allow a step that was decided on an older state', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const refusal = await refusalOf(registry.call(SuspendInstitution, { institution, reason: 'Fees unpaid.', expectedVersion: 2 }, registrar));
    expect(refusal.code).toBe('VERSION_CONFLICT');
    expect(refusal.message).toContain('version 3');
    expect(await rowOf(registry, institution)).toMatchObject({ status: 'ACTIVE', version: 3 });
  });

  it('needs an institution', async () => {
    const institution = 'NOBODY';
    for (const definition of [VerifyInstitution, ActivateInstitution, ReinstateInstitution]) {
      expect((await refusalOf(registry.call(definition, { institution }, registrar))).code).toBe('INSTITUTION_NOT_FOUND');
    }
    expect((await refusalOf(registry.call(SuspendInstitution, { institution, reason: 'Nobody there.' }, registrar))).code).toBe('INSTITUTION_NOT_FOUND');
  });

  it('is the ministry registrar’s to tell', async () => {
    for (const principal of [analyst, principals.institution('BCIT'), principals.client('bcit-publisher'), principals.learner]) {
      expect((await refusalOf(registry.call(InviteInstitution, anInstitution({ code: aCode() }), principal))).code).toBe('FORBIDDEN');
    }
  });
});

describe('an invitation', () => {
  it('is refused when the code or the CTID belongs to another', async () => {
    const first = anInstitution({ code: aCode() });
    await registry.call(InviteInstitution, first, registrar);
    expect(await refusalOf(registry.call(InviteInstitution, first, registrar))).toMatchObject({ code: 'CODE_TAKEN', faults: [{ pointer: '/code' }] });
    expect(await refusalOf(registry.call(InviteInstitution, { ...first, ctid: newCtid() }, registrar))).toMatchObject({ code: 'CODE_TAKEN' });
    const sameCtid = { ...first, ctid: first.ctid!.toUpperCase(), code: aCode() };
    expect(await refusalOf(registry.call(InviteInstitution, sameCtid, registrar))).toMatchObject({ code: 'CTID_TAKEN', faults: [{ pointer: '/ctid' }] });
    expect(await eventsOf(registry, first.ctid!)).toHaveLength(1);
  });

  it.each([
    ['SQL', `Robert'); DROP TABLE institution; --`],
    ['a script', '<script>alert("x")</script>'],
    ['right-to-left text', '\u202eegelloC dnalsI htroN\u202c كلية'],
    ['emoji', '🏔️ College 👩🏽‍🎓'],
    ['backslashes and quotes', `\\u0000 "\\" '' $1 %s {}`],
  ])('keeps a name with %s as it is', async (_what, name) => {
    const code = aCode();
    const { ctid } = await registry.call(InviteInstitution, anInstitution({ code, name: english(name) }), registrar);
    expect(await rowOf(registry, code)).toMatchObject({ name: english(name) });
    expect((await eventsOf(registry, ctid))[0]!.data['name']).toEqual(english(name));
  });

  it.each([
    ['NUL', 'North\u0000Island'],
    ['half of a surrogate pair', 'North \ud83d Island'],
    ['nothing but space', ' \u00a0 '],
    ['10,000 characters', 'x'.repeat(10_000)],
  ])('is refused when its name holds %s', async (_what, name) => {
    const code = aCode();
    const refusal = await refusalOf(registry.call(InviteInstitution, anInstitution({ code, name: english(name) }), registrar));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', faults: [{ pointer: '/name/en-CA' }] });
    expect(await rowOf(registry, code)).toBeUndefined();
  });

  it('is refused with every fault at once', async () => {
    const bad = { ...anInstitution(), code: 'bcit', region: 'Alberta', subjectWebpage: 'javascript:alert(1)', ctid: 'ce-1', role: 'admin' };
    const refusal = await refusalOf(registry.call(InviteInstitution, bad as never, registrar));
    expect(refusal.code).toBe('INVALID_INPUT');
    expect(refusal.faults.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/code INVALID_FORMAT',
      '/ctid INVALID_FORMAT',
      '/region INVALID_VALUE',
      '/role UNKNOWN_PROPERTY',
      '/subjectWebpage INVALID_FORMAT',
    ]);
  });
});
