import { describe, expect, it } from '@jest/globals';
import { type PathwaySnapshot, PathwaySnapshot as Snapshot } from '@mcr/contracts';
import { dayOf, versionOn } from '@mcr/pathway-engine';
import type { PathwayVersionFact, PathwayVersions } from './facts/graph-fact.ts';
import { pathwayFact } from './facts/graph-facts.ts';
import { versionsBefore } from './pathway-versions.ts';

const versionOf = (version: number, startDate: string, endDate?: string): PathwaySnapshot =>
  Snapshot.parse({
    ctid: 'ce-0a1b2c3d-0000-4000-8000-000000000000',
    version,
    name: { 'en-CA': 'Data Support' },
    ownedBy: 'ce-0a1b2c3d-0000-4000-8000-000000000001',
    kind: 'LADDER',
    destinationType: 'DIPLOMA',
    startDate,
    ...(endDate && { endDate }),
    requirement: { node: 'COURSE', id: 'a', course: 'A 1' },
    status: 'PUBLISHED',
  });

/** A pathway after its versions were published one after the other, each by its first day and perhaps its last. */
const published = (...days: [first: string, last?: string][]): PathwayVersions =>
  days
    .map(([first, last], at) => versionOf(at + 1, first, last))
    .reduce<PathwayVersions>((known, next) => ({ snapshot: next, earlier: known.snapshot ? versionsBefore(next, known) : [] }), {
      earlier: [],
    } as unknown as PathwayVersions);

const judging = (versions: PathwayVersions, day: string) => versionOn<PathwayVersionFact>(pathwayFact(versions), dayOf(day)).version;

describe('The version of a pathway that a day is judged by', () => {
  const next = published(['2026-01-01'], ['2027-09-01']);

  it.each([
    ['the day before the change', '2027-08-31', 1],
    ['the first day of the next version', '2027-09-01', 2],
    ['the first day of the first version', '2026-01-01', 1],
    ['a day before any version begins', '2025-12-31', 1],
    ['a day long after', '2040-01-01', 2],
  ])('is on %s', (_when, day, version) => {
    expect(judging(next, day)).toBe(version);
  });

  it('is a later one as soon as it begins, although the older one has a later last day, and the older one after its last day until then', () => {
    const [overlapping, gap] = [published(['2026-01-01', '2028-12-31'], ['2027-09-01']), published(['2026-01-01', '2026-12-31'], ['2027-09-01'])];
    expect([judging(overlapping, '2027-08-31'), judging(overlapping, '2027-09-01')]).toEqual([1, 2]);
    expect([judging(gap, '2027-01-01'), judging(gap, '2027-08-31'), judging(gap, '2027-09-01')]).toEqual([1, 1, 2]);
  });

  it('is the correction of a version on every day that this one had, whether it begins on the same day or earlier', () => {
    for (const first of ['2027-09-01', '2027-01-01']) {
      const corrected = published(['2026-01-01'], ['2027-09-01'], [first]);
      expect(corrected.earlier.map(({ version }) => version)).toEqual([1]);
      expect([judging(corrected, '2026-12-31'), judging(corrected, '2027-09-01')]).toEqual([1, 3]);
    }
    const whole = published(['2026-01-01'], ['2027-09-01'], ['2026-01-01']);
    expect([whole.earlier, judging(whole, '2026-06-01')]).toEqual([[], 3]);
  });

  it('is one of any number, each on its own days, the last one first in what is kept', () => {
    const many = published(['2024-09-01'], ['2025-09-01'], ['2026-09-01'], ['2027-09-01']);
    expect(many.earlier.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(['2024-09-01', '2025-08-31', '2025-09-01', '2026-12-31', '2027-09-01'].map((day) => judging(many, day))).toEqual([1, 1, 2, 3, 4]);
  });

  it('is always the newest one where there is one only', () => {
    expect(pathwayFact(published(['2026-01-01']))).not.toHaveProperty('earlier');
  });
});
