import { describe, expect, it } from '@jest/globals';
import type { SubmitAward } from '@mcr/contracts';
import { dayInBritishColumbia } from '@mcr/event-kit';
import type { MicroCredentialVersionFact } from './facts.ts';
import { validateSubmit } from './validate-submit.ts';

const competency = 'ce-00000000-0000-4000-8000-000000000001';
const owner = { ctid: 'ce-owner', code: 'BCIT', status: 'ACTIVE' };
const version = (overrides: Partial<MicroCredentialVersionFact> = {}): MicroCredentialVersionFact => ({
  ctid: 'ce-mc',
  version: 1,
  ownedBy: owner.ctid,
  offeredBy: [owner.ctid],
  dateEffective: '2026-01-01',
  isNonCredit: false,
  creditValue: 3,
  competencies: [competency],
  assessments: ['final'],
  ...overrides,
});
const submit = (overrides: Partial<SubmitAward> = {}): Partial<SubmitAward> => ({
  microCredentialCtid: 'ce-mc',
  awardedDate: '2026-06-01',
  learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: 'A1' }] },
  method: 'INSTRUCTION',
  ...overrides,
});
const today = '2026-06-15';
const faults = (parts: Partial<SubmitAward>, versions = [version()], institution = owner, day = today) =>
  validateSubmit(parts, institution, versions, day).faults.map(({ code, pointer }) => `${code} ${pointer}`);

describe('A submission', () => {
  it('of an award that is in order has no fault', () => {
    const parts = submit({
      creditsEarned: 3,
      hoursCompleted: 287.99,
      competenciesDemonstrated: [competency],
      activityStartDate: '2026-05-01',
      activityEndDate: '2026-05-01',
    });
    expect(validateSubmit(parts, owner, [version()], today)).toEqual({ faults: [], version: version(), missing: undefined });
  });

  it.each<[string, Partial<SubmitAward>, string, MicroCredentialVersionFact?]>([
    ['awarded tomorrow', { awardedDate: '2026-06-16' }, 'AWARDED_IN_FUTURE /awardedDate'],
    ['awarded the day before it took effect', { awardedDate: '2025-12-31' }, 'BEFORE_EFFECTIVE /awardedDate'],
    ['awarded after the version expired', {}, 'MC_NOT_AWARDABLE /awardedDate', version({ expirationDate: '2026-05-31' })],
    ['of another institution', {}, 'NOT_AUTHORIZED_FOR_MC /microCredentialCtid', version({ ownedBy: 'ce-other', offeredBy: ['ce-other'] })],
    ['that ends as it begins', { validFrom: '2026-06-01T00:00:00Z', validUntil: '2026-05-31T17:00:00-07:00' }, 'BAD_VALIDITY /validUntil'],
    ['that ends before it was awarded', { validUntil: '2026-06-01T06:59:59Z' }, 'BAD_VALIDITY /validUntil'],
    ['whose activity ends before it begins', { activityStartDate: '2026-05-02', activityEndDate: '2026-05-01' }, 'BAD_ACTIVITY_PERIOD /activityEndDate'],
    ['with more credits than the micro-credential has', { creditsEarned: 3.25 }, 'CREDITS_MISMATCH /creditsEarned'],
    ['with negative credits', { creditsEarned: -1 }, 'CREDITS_MISMATCH /creditsEarned'],
    [
      'with credits of a non-credit micro-credential',
      { creditsEarned: 0.25 },
      'CREDITS_MISMATCH /creditsEarned',
      version({ isNonCredit: true, creditValue: undefined }),
    ],
    ['of 288 hours', { hoursCompleted: 288 }, 'HOURS_OUT_OF_RANGE /hoursCompleted'],
    ['of less than no hours', { hoursCompleted: -0.5 }, 'HOURS_OUT_OF_RANGE /hoursCompleted'],
    ['of a competency that the definition lacks', { competenciesDemonstrated: [competency, 'ce-x'] }, 'COMPETENCY_NOT_IN_MC /competenciesDemonstrated/1'],
    ['of an assessment that the definition lacks', { assessmentRef: ['final', 'orals'] }, 'ASSESSMENT_NOT_IN_MC /assessmentRef/1'],
    ['of nobody', { learner: { identifiers: [] } }, 'LEARNER_UNIDENTIFIED /learner/identifiers'],
    ['of a mistyped PEN', { learner: { identifiers: [{ type: 'PEN', value: '123456789' }] } }, 'PEN_INVALID /learner/identifiers/0/value'],
  ])('%s has exactly that fault', (_, parts, fault, only = version()) => {
    expect(faults(submit(parts), [only])).toEqual([fault]);
  });

  it('tells all of its faults at once', () => {
    const parts = submit({
      awardedDate: '2027-01-01',
      creditsEarned: 9,
      hoursCompleted: 400,
      competenciesDemonstrated: ['ce-x', 'ce-y'],
      learner: { identifiers: [] },
    });
    expect(faults(parts, [version({ ownedBy: 'ce-other', offeredBy: [] })], { ...owner, status: 'SUSPENDED' })).toEqual([
      'INSTITUTION_SUSPENDED ',
      'AWARDED_IN_FUTURE /awardedDate',
      'NOT_AUTHORIZED_FOR_MC /microCredentialCtid',
      'CREDITS_MISMATCH /creditsEarned',
      'COMPETENCY_NOT_IN_MC /competenciesDemonstrated/0',
      'COMPETENCY_NOT_IN_MC /competenciesDemonstrated/1',
      'HOURS_OUT_OF_RANGE /hoursCompleted',
      'LEARNER_UNIDENTIFIED /learner/identifiers',
    ]);
  });

  it('may come from an institution that offers what another one owns', () => {
    expect(faults(submit(), [version({ ownedBy: 'ce-other', offeredBy: ['ce-other', owner.ctid] })])).toEqual([]);
  });

  it('is of today until the day ends in British Columbia, not in Greenwich', () => {
    const lastMinute = new Date('2026-06-16T06:59:59Z');
    const nextDay = new Date('2026-06-16T07:00:00Z');
    const tomorrow = submit({ awardedDate: '2026-06-16' });
    expect(faults(tomorrow, undefined, undefined, dayInBritishColumbia(lastMinute))).toEqual(['AWARDED_IN_FUTURE /awardedDate']);
    expect(faults(tomorrow, undefined, undefined, dayInBritishColumbia(nextDay))).toEqual([]);
  });

  it('may be awarded on a leap day', () => {
    expect(
      faults(submit({ awardedDate: '2028-02-29' }), [version({ dateEffective: '2028-02-29', expirationDate: '2028-02-29' })], owner, '2028-02-29'),
    ).toEqual([]);
  });
});

describe('The version of a submitted award', () => {
  const versions = [version(), version({ version: 2, dateEffective: '2026-04-01' }), version({ version: 3, dateEffective: '2026-09-01' })];
  const pinned = (parts: Partial<SubmitAward>) => {
    const { version: fact, missing, faults: found } = validateSubmit(submit(parts), owner, versions, today);
    return missing ?? `${fact?.version} ${found.map(({ code, pointer }) => code + pointer).join()}`.trim();
  };

  it('is the one in force on the awarded date', () => {
    expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-06-15'].map((awardedDate) => pinned({ awardedDate }))).toEqual(['1', '1', '2', '2']);
  });

  it('may be named as long as no later one was in force', () => {
    expect(pinned({ microCredentialVersion: 1, awardedDate: '2026-03-31' })).toBe('1');
    expect(pinned({ microCredentialVersion: 1, awardedDate: '2026-04-01' })).toBe('1 MC_NOT_AWARDABLE/microCredentialVersion');
    expect(pinned({ microCredentialVersion: 3 })).toBe('3 BEFORE_EFFECTIVE/awardedDate');
  });

  it('is missing when it was not published, as is a micro-credential without versions', () => {
    expect(pinned({ microCredentialVersion: 4 })).toBe('VERSION');
    expect(validateSubmit(submit(), owner, [], today).missing).toBe('MICRO_CREDENTIAL');
  });
});
