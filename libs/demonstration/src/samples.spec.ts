import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { AgreementKind, MicroCredentialDraft } from '@mcr/contracts';
import { readSamples } from './samples.ts';

const makesTheSame = (generator: string) =>
  expect(promisify(execFile)(process.execPath, [fileURLToPath(new URL(`../../../samples/${generator}`, import.meta.url)), '--check'])).resolves.toMatchObject({
    stderr: '',
  });
const { institutions, catalogue, pathways, agreements } = await readSamples();
const fold = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();

describe('the demonstration institutions', () => {
  it('are the 25 public ones, each with its own code and ctid', () => {
    expect(institutions).toHaveLength(25);
    expect(new Set(institutions.map(({ code }) => code)).size).toBe(25);
    expect(new Set(institutions.map(({ ctid }) => ctid)).size).toBe(25);
    const types = Object.groupBy(institutions, ({ agentType }) => agentType);
    expect([types.UNIVERSITY?.length, types.COLLEGE?.length, types.INSTITUTE?.length, types.INDIGENOUS_INSTITUTE?.length]).toEqual([11, 11, 2, 1]);
  });
});

describe('the demonstration catalogue', () => {
  it('is what its generator makes from the committed facts', async () => {
    await makesTheSame('build-catalogue.mjs');
  });

  it('has every institution offer something', () => {
    for (const { code } of institutions) expect(catalogue.some(({ offeredBy }) => offeredBy.includes(code))).toBe(true);
  });

  it('never uses a title twice at one owner, nor a ctid twice', () => {
    expect(new Set(catalogue.map(({ ownedBy, definition }) => `${ownedBy} ${definition.name['en-CA']}`)).size).toBe(catalogue.length);
    const ctids = catalogue.flatMap(({ ctid, definition }) => [ctid, ...definition.competencies.map((competency) => competency.ctid)]);
    expect(new Set(ctids).size).toBe(ctids.length);
  });

  describe.each(catalogue.map((record) => [`${record.ownedBy} ${record.definition.name['en-CA']}`, record] as const))('%s', (_name, record) => {
    const { definition } = record;

    it('meets the rules of the framework that block publication', () => {
      const texts = definition.competencies.map(({ competencyText }) => competencyText);
      const summative = definition.assessments.filter(({ use }) => use === 'Summative');
      expect(MicroCredentialDraft.safeParse(definition).success).toBe(true);
      expect(definition.totalHours).toBeGreaterThan(0);
      expect(definition.totalHours).toBeLessThan(288);
      expect(definition.components.reduce((sum, { hours = 0 }) => sum + hours, 0)).toBeLessThanOrEqual(definition.totalHours!);
      expect(texts.length).toBeGreaterThanOrEqual(1);
      expect(texts.length).toBeLessThanOrEqual(50);
      for (const text of texts) expect(text.length >= 15 && text.length <= 1000).toBe(true);
      expect(new Set(texts.map(fold)).size).toBe(texts.length);
      expect(summative.length).toBeGreaterThanOrEqual(1);
      for (const { ctid } of definition.competencies) expect(summative.some(({ assesses }) => assesses.includes(ctid))).toBe(true);
      expect(definition.isNonCredit).toBe(definition.creditValue === undefined);
      if (definition.creditValue) {
        expect(definition.creditValue.value * 4).toBe(Math.round(definition.creditValue.value * 4));
        expect(definition.creditValue.value > 0 && definition.creditValue.value <= 20).toBe(true);
      }
    });

    it('says that it is a demonstration record, and took effect before November 2026', () => {
      expect(definition.description['en-CA']).toMatch(/This is a demonstration record completed by a generator and not a current offer\.$/);
      expect(definition.dateEffective < '2026-11-01').toBe(true);
      if (record.source.invented) expect(definition.name['en-CA']).toMatch(/^Invented Example: /);
    });
  });
});

describe('the demonstration agreements', () => {
  const MAY_BE_NON_CREDIT = ['UNASSIGNED', 'EXEMPTION', 'INDIVIDUAL_ASSESSMENT'];
  const owned = new Map(catalogue.map((record) => [record.ctid, record]));

  it('are what their generator makes of the catalogue, with the pathways', async () => {
    await makesTheSame('build-recognition.mjs');
  });

  it('are at least 300 of every kind, some of them ended, some with a minimum grade, some not yet begun', () => {
    expect(agreements.length).toBeGreaterThanOrEqual(300);
    expect(new Set(agreements.map(({ ctid }) => ctid)).size).toBe(agreements.length);
    expect(new Set(agreements.map(({ kind }) => kind))).toEqual(new Set(AgreementKind.options));
    expect(agreements.filter(({ endDate }) => endDate && endDate < '2026-11-01').length).toBeGreaterThanOrEqual(10);
    expect(agreements.filter(({ from }) => from.some(({ minGrade }) => minGrade)).length).toBeGreaterThanOrEqual(10);
    expect(agreements.filter(({ startDate }) => startDate > '2026-11-01').length).toBeGreaterThanOrEqual(10);
  });

  it('use everything that an agreement can say', () => {
    const says = (tells: (agreement: (typeof agreements)[number]) => unknown) => expect(agreements.some(tells)).toBe(true);
    says(({ priority }) => priority > 0);
    says(({ from }) => from.some(({ maxGrade }) => maxGrade));
    says(({ maxAgeMonths }) => maxAgeMonths);
    says(({ requiresUnexpired }) => requiresUnexpired);
    says(({ programScope }) => programScope);
    says(({ conditions }) => conditions.length > 0);
    says(({ capBucket }) => capBucket);
    says(({ exclusiveGroup }) => exclusiveGroup);
    says(({ grants }) => grants.some(({ waives }) => waives));
  });

  it('come from every institution and go to every institution', () => {
    for (const { code } of institutions) {
      expect(agreements.some(({ sender }) => sender === code)).toBe(true);
      expect(agreements.some(({ receiver }) => receiver === code)).toBe(true);
    }
  });

  it.each(agreements.map((agreement) => [`${agreement.sender} to ${agreement.receiver}`, agreement] as const))(
    '%s names what its sender owns',
    (_name, agreement) => {
      const records = agreement.from.map(({ microCredential }) => owned.get(microCredential)!);
      expect(agreement.sender === agreement.receiver).toBe(agreement.kind === 'STACK');
      expect(records.map(({ ownedBy }) => ownedBy)).toEqual(records.map(() => agreement.sender));
      expect(agreement.note).toMatch(/^Invented\. /);
      if (agreement.kind === 'CLUSTER') expect(records.length).toBeGreaterThanOrEqual(2);
      if (!MAY_BE_NON_CREDIT.includes(agreement.kind)) expect(records.every(({ definition }) => definition.isNonCredit === false)).toBe(true);
    },
  );
});

describe('the demonstration pathways', () => {
  it('are about forty, of every institution, up to certificates, diplomas and degrees', () => {
    expect(pathways.length).toBeGreaterThanOrEqual(40);
    expect(new Set(pathways.map(({ ctid }) => ctid)).size).toBe(pathways.length);
    expect(new Set(pathways.map(({ ownedBy }) => ownedBy))).toEqual(new Set(institutions.map(({ code }) => code)));
    expect(new Set(pathways.map(({ destinationType }) => destinationType))).toEqual(new Set(['CERTIFICATE', 'DIPLOMA', 'DEGREE']));
    expect(new Set(pathways.map(({ kind }) => kind))).toEqual(new Set(['STACK', 'LADDER']));
  });

  it('say whether they are facts with a source or invented, in the name too', () => {
    for (const { name, invented, source } of pathways) {
      expect([name['en-CA'].startsWith('Invented Example: '), source === undefined]).toEqual([invented === true, invented === true]);
    }
  });
});
