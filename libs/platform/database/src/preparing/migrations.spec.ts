import { describe, expect, it } from '@jest/globals';
import { MigrationRefused, pendingSteps } from './migrations.ts';
import type { AppliedStep, Migration, MigrationSource } from './migrations.ts';

const names = { schema: 'awards', owner: 'mcr_awards_owner', running: 'mcr_awards', readers: [] };
const step = (number: number, sql = `create table t${number} ()`): Migration => ({ number, name: `step ${number}`, sql: () => sql });
const source = (...steps: Migration[]): MigrationSource => ({ owner: 'awards', steps });
const applied = (...steps: Migration[]): AppliedStep[] => pendingSteps(source(...steps), names, []);
const numbers = (pending: readonly AppliedStep[]): number[] => pending.map(({ number }) => number);

describe('the steps that are still to run', () => {
  it('are all of them in an empty database, in order', () => {
    expect(numbers(pendingSteps(source(step(1), step(2), step(5)), names, []))).toEqual([1, 2, 5]);
  });

  it('are those after the last that ran', () => {
    expect(numbers(pendingSteps(source(step(1), step(2), step(3)), names, applied(step(1), step(2))))).toEqual([3]);
  });

  it('are none when a newer version has run more than this one knows', () => {
    expect(pendingSteps(source(step(1)), names, applied(step(1), step(2)))).toEqual([]);
  });

  it('carry the names of the roles', () => {
    const [pending] = pendingSteps(source({ number: 1, name: 'rights', sql: ({ running }) => `revoke all on t from ${running}` }), names, []);
    expect(pending!.sql).toBe('revoke all on t from mcr_awards');
  });

  it('are refused when a step that ran has another text now, and the message names it', () => {
    const known = applied(step(1), step(2));
    expect(() => pendingSteps(source(step(1), step(2, 'create table other ()')), names, known)).toThrow(MigrationRefused);
    expect(() => pendingSteps(source(step(1), step(2, 'create table other ()')), names, known)).toThrow(
      /awards 0002 "step 2" of schema awards .* another text/,
    );
  });

  it('are refused when a new step comes before one that ran', () => {
    expect(() => pendingSteps(source(step(1), step(2), step(3)), names, applied(step(1), step(3)))).toThrow(/0002 .* is new, but number 3 has already run/);
  });

  it.each([
    ['twice the same', [step(1), step(1)]],
    ['falling', [step(2), step(1)]],
    ['zero', [step(0)]],
    ['broken', [step(1.5)]],
  ])('are refused when their numbers are %s', (_, steps) => {
    expect(() => pendingSteps(source(...steps), names, [])).toThrow(/must have a whole number above/);
  });
});
