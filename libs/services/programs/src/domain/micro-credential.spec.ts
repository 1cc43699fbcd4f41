import { describe, expect, it } from '@jest/globals';
import { MicroCredentialDraft, PublishedMicroCredential } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';
import { aMicroCredential } from '@mcr/testing';
import { type KnownInstitution, ownerAndOfferers } from './institution-facts.ts';
import { type MicroCredential, define, publish, snapshotOf } from './micro-credential.ts';
import { bcMcf2021 } from './rules/bc-mcf-2021.ts';

const ctid = 'ce-0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10';
const owner = 'ce-11111111-1111-4111-8111-111111111111';
const definition = MicroCredentialDraft.parse(aMicroCredential());
const wanted = { ownedBy: owner, offeredBy: [owner], definition };
const known = (latest?: MicroCredential['latest']): MicroCredential => ({ ctid, ownedBy: owner, aggregateVersion: 0, latest });

const refusalOf = (decide: () => unknown): Refusal => {
  try {
    decide();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('It was allowed.');
};

describe('defining a micro-credential', () => {
  it.each<[string, MicroCredential['latest'], number]>([
    ['begins with version 1', undefined, 1],
    ['replaces the draft', { version: 1, status: 'DRAFT' }, 1],
    ['goes on after the published version', { version: 1, status: 'PUBLISHED' }, 2],
    ['replaces a later draft', { version: 7, status: 'DRAFT' }, 7],
  ])('%s', (_what, latest, version) => {
    expect(define(known(latest), wanted)).toEqual({ ctid, version, ...wanted, status: 'DRAFT' });
  });

  it('is for its owner only', () => {
    expect(refusalOf(() => define({ ...known(), ownedBy: 'ce-other' }, wanted))).toMatchObject({ code: 'CTID_TAKEN', faults: [{ pointer: '/ctid' }] });
  });
});

describe('publishing a version', () => {
  const draft = define(known(), wanted);

  it('keeps the rules under which it was published, and says what each says', () => {
    const { published, evaluations } = publish(draft, bcMcf2021);
    expect(published).toEqual({ ...draft, status: 'PUBLISHED', ruleSet: 'bc-mcf-2021' });
    expect(evaluations).toHaveLength(bcMcf2021.rules.length);
  });

  it('happens once', () => {
    expect(refusalOf(() => publish(publish(draft, bcMcf2021).published, bcMcf2021)).code).toBe('ILLEGAL_STATE');
  });

  it('is refused with every fault by every failing rule', () => {
    const refusal = refusalOf(() => publish({ ...draft, definition: { ...definition, totalHours: 288, isNonCredit: undefined } }, bcMcf2021));
    expect(refusal.code).toBe('RULES_NOT_MET');
    expect(refusal.faults.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`)).toEqual(['D1 /totalHours', 'K1 /isNonCredit']);
    for (const { hint, message } of refusal.faults) expect(hint && message).toBeTruthy();
  });

  it('is not stopped by a rule that only warns', () => {
    const warning = { id: 'test', rules: [{ ...bcMcf2021.rules[0]!, severity: 'WARNING' as const }] };
    const { published, evaluations } = publish({ ...draft, definition: { ...definition, totalHours: 300 } }, warning);
    expect(published.status).toBe('PUBLISHED');
    expect(evaluations[0]!.passed).toBe(false);
  });

  it('shows the full snapshot, with the hours also when only the duration was stated', () => {
    const { published } = publish({ ...draft, definition: { ...definition, totalHours: undefined, exactDuration: 'PT40H30M' } }, bcMcf2021);
    const snapshot = snapshotOf(published);
    expect(PublishedMicroCredential.parse(snapshot)).toEqual(snapshot);
    expect(snapshot).toMatchObject({ ctid, version: 1, ownedBy: owner, offeredBy: [owner], totalHours: 40.5, status: 'PUBLISHED', name: definition.name });
  });
});

describe('the institutions of a definition', () => {
  const institution = (code: string, status: KnownInstitution['status'] = 'ACTIVE'): KnownInstitution => ({ ctid: `ce-${code}`, code, status, version: 3 });
  const all = [
    institution('NIC'),
    institution('SFU'),
    institution('UBC', 'SUSPENDED'),
    institution('VCC', 'PENDING_VERIFICATION'),
    institution('OC', 'INVITED'),
  ];

  it('are the owner alone unless others are named', () => {
    expect(ownerAndOfferers(all, 'NIC')).toEqual({ owner: institution('NIC'), offerers: ['ce-NIC'] });
  });

  it('are each named once, in the order given', () => {
    expect(ownerAndOfferers(all, 'NIC', ['SFU', 'NIC', 'SFU']).offerers).toEqual(['ce-SFU', 'ce-NIC']);
  });

  it('may offer while they are suspended, but not own', () => {
    expect(ownerAndOfferers(all, 'NIC', ['NIC', 'UBC']).offerers).toEqual(['ce-NIC', 'ce-UBC']);
    expect(refusalOf(() => ownerAndOfferers(all, 'UBC')).code).toBe('INSTITUTION_SUSPENDED');
  });

  it.each(['XYZ', 'OC', 'VCC'])('%s, which is not active yet, is as good as unknown, and may be tried again', (code) => {
    const refusal = refusalOf(() => ownerAndOfferers(all, code));
    expect(refusal.code).toBe('INSTITUTION_NOT_FOUND');
    expect(refusal.message).toContain('may take a second');
    expect(refusal.faults).toEqual([expect.objectContaining({ pointer: '/ownedBy', hint: expect.stringContaining('may take a second') })]);
  });

  it('are all reported when they are missing', () => {
    const { faults } = refusalOf(() => ownerAndOfferers(all, 'XYZ', ['NIC', 'XYZ', 'ABC', 'VCC']));
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/ownedBy', '/offeredBy/2', '/offeredBy/3']);
  });
});
