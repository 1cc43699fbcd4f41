import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DefineMicroCredential, PublishMicroCredential } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import { principals } from '@mcr/testing';
import { type ProgramsRegistry, refusalOf, startPrograms, titled } from '../testing/programs-registry.ts';

const { registrar } = principals;
let registry: ProgramsRegistry;
let nic: string;
let sfu: string;

beforeAll(async () => {
  registry = await startPrograms();
  nic = await registry.anInstitution('NIC');
  sfu = await registry.anInstitution('SFU');
});
afterAll(() => registry.close());

const define = (input: { ctid?: string; ownedBy?: string; offeredBy?: string[]; definition: ReturnType<typeof titled> }, principal = registrar) =>
  registry.call(DefineMicroCredential, { ownedBy: 'NIC', ...input }, principal);
const versionsOf = (ctid: string) =>
  registry.sql<{ version: number; status: string; definition: { name: Record<string, string> } }>(
    'select * from micro_credential_version where micro_credential_id = $1 order by version',
    [ctid],
  );

describe('defining a micro-credential', () => {
  it('writes a draft of version 1 and says what each rule says of it', async () => {
    const draft = await define({ definition: titled('Bread baking') });
    expect(draft).toMatchObject({ version: 1, ownedBy: 'NIC', status: 'DRAFT' });
    expect(draft.ruleResults.map(({ ruleId, passed }) => `${ruleId} ${passed}`)).toEqual(['D1 true', 'C1 true', 'A1 true', 'A2 true', 'K1 true', 'K2 true']);
    expect(await versionsOf(draft.ctid)).toMatchObject([{ version: 1, status: 'DRAFT', owned_by: nic, offered_by: [nic], changed_by: registrar.subject }]);
    expect(await registry.sql('select from event_log')).toEqual([]);
  });

  it('takes what is not complete, and says what is missing', async () => {
    const { ruleResults } = await define({ definition: titled('Unfinished', { totalHours: 300, competencies: [], assessments: [] }) });
    const failing = ruleResults.filter(({ passed }) => !passed);
    expect(failing.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual(['D1 /totalHours', 'C1 /competencies', 'A1 /assessments']);
    expect(failing[0]).toMatchObject({ ruleSet: 'bc-mcf-2021', severity: 'ERROR', message: '300 is not more than 0 and less than 288 hours.' });
  });

  it('replaces the draft as long as it is one, and then goes on with the next version', async () => {
    const { ctid } = await define({ definition: titled('Knot tying') });
    expect(await define({ ctid, definition: titled('Knots and lines') })).toMatchObject({ ctid, version: 1 });
    expect((await versionsOf(ctid)).map(({ definition }) => definition.name['en-CA'])).toEqual(['Knots and lines']);
    await registry.call(PublishMicroCredential, { ctid, version: 1 }, registrar);
    expect(await define({ ctid: ctid.toUpperCase(), definition: titled('Knots, lines and ropes') })).toMatchObject({ ctid, version: 2, status: 'DRAFT' });
    expect((await versionsOf(ctid)).map(({ version, status }) => `${version} ${status}`)).toEqual(['1 PUBLISHED', '2 DRAFT']);
  });

  it('keeps a CTID for its owner', async () => {
    const ctid = newCtid();
    await define({ ctid, definition: titled('Kelp farming') });
    const refusal = await refusalOf(define({ ctid, ownedBy: 'SFU', definition: titled('Kelp farming') }));
    expect(refusal).toMatchObject({ code: 'CTID_TAKEN', faults: [{ pointer: '/ctid' }] });
    expect(await versionsOf(ctid)).toMatchObject([{ owned_by: nic }]);
  });

  it('names who offers it', async () => {
    const { ctid } = await define({ offeredBy: ['SFU', 'NIC', 'SFU'], definition: titled('Rural economic development') });
    expect(await versionsOf(ctid)).toMatchObject([{ offered_by: [sfu, nic] }]);
  });

  it('is for an institution’s own staff and the registrar', async () => {
    const definition = titled('Own work');
    expect((await define({ definition }, principals.institution('NIC'))).status).toBe('DRAFT');
    for (const principal of [principals.institution('SFU'), principals.analyst, principals.client('nic-publisher')]) {
      expect((await refusalOf(define({ definition: titled('Not mine') }, principal))).code).toBe('FORBIDDEN');
    }
  });
});

describe('a title', () => {
  it('belongs to one micro-credential of its owner, whatever its case and accents', async () => {
    const { ctid } = await define({ definition: titled('Café  Operations') });
    const refusal = await refusalOf(define({ definition: titled('CAFE\u0301 operations') }));
    expect(refusal).toMatchObject({ code: 'TITLE_TAKEN', faults: [{ pointer: '/definition/name/en-CA' }] });
    expect(await define({ ctid, definition: titled('cafe operations') })).toMatchObject({ ctid, version: 1 });
    expect((await define({ ownedBy: 'SFU', definition: titled('Café Operations') })).status).toBe('DRAFT');
  });

  it('is free again when no version carries it any more, and not before', async () => {
    const { ctid } = await define({ definition: titled('Trail building') });
    await define({ ctid, definition: titled('Trail building and care') });
    const { ctid: next } = await define({ definition: titled('Trail building') });
    await registry.call(PublishMicroCredential, { ctid: next, version: 1 }, registrar);
    await define({ ctid: next, definition: titled('Trails') });
    expect((await refusalOf(define({ definition: titled('TRAIL BUILDING') }))).code).toBe('TITLE_TAKEN');
    expect((await refusalOf(define({ definition: titled('trails') }))).code).toBe('TITLE_TAKEN');
  });

  it.each([
    ['SQL', `x'); delete from title; --`],
    ['a script', '<img src=x onerror=alert(1)>'],
    ['right-to-left text', 'مرحبا \u202eolleh\u202c'],
    ['emoji', '🧗🏽‍♀️ Climbing'],
    ['300 characters that unfold into many', 'ﷺ'.repeat(300)],
  ])('with %s is kept as it is', async (_what, title) => {
    const { ctid } = await define({ definition: titled(title) });
    expect((await versionsOf(ctid))[0]!.definition.name['en-CA']).toBe(title);
    expect((await refusalOf(define({ definition: titled(title) }))).code).toBe('TITLE_TAKEN');
  });

  it.each([
    ['NUL', 'a\u0000b', '/definition/name/en-CA'],
    ['half of a surrogate pair', '\udc00', '/definition/name/en-CA'],
    ['10,000 characters', 'x'.repeat(10_000), '/definition/name/en-CA'],
  ])('with %s is refused', async (_what, title, pointer) => {
    expect(await refusalOf(define({ definition: titled(title) }))).toMatchObject({ code: 'INVALID_INPUT', faults: [{ pointer }] });
  });
});

describe('input that cannot be taken', () => {
  it('is refused with every fault at once', async () => {
    const bad = {
      ...titled('Bad'),
      totalHours: '40',
      exactDuration: '40 hours',
      dateEffective: '2026-02-30',
      subjectWebpage: 'http://nic.bc.ca',
      instructionalProgramType: '11.02',
      codedNotation: 'A\u0000',
      colour: 'red',
      competencies: [{ ctid: 'x', competencyText: '\ud800' }],
    };
    const refusal = await refusalOf(registry.call(DefineMicroCredential, { ownedBy: 'NIC', definition: bad } as never, registrar));
    expect(refusal.code).toBe('INVALID_INPUT');
    expect(refusal.faults.map(({ pointer }) => pointer.replace('/definition/', '')).sort()).toEqual([
      'codedNotation',
      'colour',
      'competencies/0/competencyText',
      'competencies/0/ctid',
      'dateEffective',
      'exactDuration',
      'instructionalProgramType',
      'subjectWebpage',
      'totalHours',
    ]);
  });

  it('is refused when the whole would not fit into an event', async () => {
    const competencies = Array.from({ length: 80 }, () => ({ ctid: newCtid(), competencyText: 'ä'.repeat(4000) }));
    expect(await refusalOf(define({ definition: titled('Too much', { competencies }) }))).toMatchObject({
      code: 'INVALID_INPUT',
      faults: [{ pointer: '/definition' }],
    });
  });
});
