import { describe, expect, it } from '@jest/globals';
import { isEmailAddress, isPersonalEducationNumber, RevokeAward, SubmitAward } from '@mcr/contracts';
import { readSamples } from '../samples.ts';
import { planAwards, quotas } from './award-plan.ts';
import { demonstrationLearner } from './demonstration-learner.ts';

const { institutions, catalogue } = await readSamples();
const codes = institutions.map(({ code }) => code);
const byCtid = new Map(catalogue.map((record) => [record.ctid, record]));
const TODAY = '2026-11-22';
const plan = planAwards(codes, catalogue, TODAY);

describe('the planned awards', () => {
  it('are three thousand, the same on every later day', () => {
    expect(plan).toHaveLength(3000);
    expect(planAwards(codes, catalogue, '2031-05-05')).toEqual(plan);
  });

  it('are spread over all institutions, exactly as many as asked for', () => {
    const counts = quotas(codes, catalogue, 3000);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(3000);
    for (const code of codes) expect(plan.filter(({ institution }) => institution === code)).toHaveLength(counts.get(code)!);
    expect(Math.min(...counts.values())).toBeGreaterThan(50);
  });

  it('pass the contract of what institutions send', () => {
    for (const { submit, revoke } of plan) {
      SubmitAward.parse(submit);
      if (revoke) RevokeAward.parse(revoke);
    }
  });

  it('are of micro-credentials that the institution offers, on days on which they could be earned', () => {
    for (const { institution, submit } of plan) {
      const { offeredBy, definition } = byCtid.get(submit.microCredentialCtid)!;
      expect(offeredBy).toContain(institution);
      expect(submit.awardedDate >= definition.dateEffective && submit.awardedDate < TODAY).toBe(true);
      expect(submit.awardedDate <= (definition.expirationDate ?? TODAY)).toBe(true);
      expect(submit.creditsEarned).toBe(definition.creditValue?.value);
    }
  });

  it('are dated no later than today on a machine whose clock is behind', () => {
    const early = planAwards(codes, catalogue, '2024-02-29');
    expect(early.length).toBeGreaterThan(1000);
    for (const { submit } of early) expect(submit.awardedDate <= '2024-02-29').toBe(true);
  });

  it('never use a sourceAwardId twice', () => {
    expect(new Set(plan.map(({ submit }) => submit.sourceAwardId)).size).toBe(3000);
    for (const { institution, submit } of plan) expect(submit.sourceAwardId).toMatch(new RegExp(`^${institution}-${submit.awardedDate.slice(0, 4)}-1\\d{5}$`));
  });

  it('show expired and revoked ones too', () => {
    expect(plan.filter(({ submit }) => submit.validUntil && submit.validUntil < TODAY).length).toBeGreaterThan(20);
    const revoked = plan.filter(({ revoke }) => revoke);
    expect(revoked).toHaveLength(15);
    for (const { submit, revoke } of revoked) expect(revoke).toMatchObject({ sourceAwardId: submit.sourceAwardId, revision: 2 });
  });
});

describe('the synthetic learners', () => {
  const identifiers = plan.flatMap(({ institution, submit }) => submit.learner.identifiers.map((identifier) => ({ institution, ...identifier })));

  it('have valid identifiers that show that they were made up', () => {
    for (const { type, value } of identifiers) {
      if (type === 'PEN') expect(value.startsWith('99') && isPersonalEducationNumber(value)).toBe(true);
      else if (type === 'EMAIL') expect(value.endsWith('@example.org') && isEmailAddress(value)).toBe(true);
      else expect(value).toMatch(/^SYN-[A-Z]+-\d{6}$/);
    }
  });

  it('studied at more than one institution in some cases, which their PEN tells', () => {
    const places = Map.groupBy(
      identifiers.filter(({ type }) => type === 'PEN'),
      ({ value }) => value,
    );
    const mobile = [...places.values()].filter((uses) => new Set(uses.map(({ institution }) => institution)).size > 1);
    expect(mobile.length).toBeGreaterThan(100);
  });

  it('never earn the same micro-credential twice at one institution', () => {
    const keys = plan.map(({ institution, submit }) => `${institution} ${submit.learner.identifiers[0]!.value} ${submit.microCredentialCtid}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are one who signs in, with awards of several institutions of which one was revoked', () => {
    const pen = demonstrationLearner(plan)!;
    const own = plan.filter(({ submit }) => submit.learner.identifiers.some(({ value }) => value === pen));
    expect(new Set(own.map(({ institution }) => institution)).size).toBeGreaterThanOrEqual(4);
    expect(own.filter(({ revoke }) => revoke)).toHaveLength(1);
    expect(own.length).toBeGreaterThan(5);
    expect(demonstrationLearner(plan.toReversed())).toBe(pen);
    expect(demonstrationLearner([])).toBeUndefined();
  });
});
