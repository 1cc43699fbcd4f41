import { describe, expect, it } from '@jest/globals';
import { faultsOf, newCtid } from '@mcr/event-kit';
import { LimitInput, PublishedRequirement, RequirementInput, SharingInput } from './requirement.ts';

const course = (id: string) => ({ node: 'COURSE', id, course: 'DATA 101' });
const all = (id: string, of: unknown[]) => ({ node: 'ALL', id, of });

function nested(levels: number): unknown {
  let tree: unknown = course('leaf');
  for (let level = 1; level < levels; level += 1) tree = all(`level ${level}`, [tree]);
  return tree;
}

function found(input: unknown): string[] {
  const parsed = RequirementInput.safeParse(input);
  return parsed.success ? [] : faultsOf(parsed.error, input).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('A proposed requirement', () => {
  it('may have ten levels and two hundred requirements, and no more', () => {
    const wide = (count: number) =>
      all(
        'root',
        Array.from({ length: count - 1 }, (_, index) => course(`leaf ${index}`)),
      );
    expect([found(nested(10)), found(wide(200))]).toEqual([[], []]);
    expect([found(nested(11)), found(wide(201))]).toEqual([[' INVALID_VALUE'], [' INVALID_VALUE']]);
  });

  it('is refused, not looked at without end, when it has a hundred thousand levels', () => {
    expect(found(nested(100_000))).toEqual([' INVALID_VALUE']);
  });

  it('is told all that is wrong with it, wherever it stands', () => {
    const tree = all('root', [
      { node: 'CREDITS', id: 'electives', min: 2.001, from: { subjects: [] } },
      { node: 'K_OF', id: 'some', k: 0.5, of: [course('')] },
      { node: 'AT_MOST', id: 'few', max: 1, from: {}, within: course('within') },
      { node: 'WHATEVER', id: 'x' },
      { ...course('extra'), credits: 3 },
    ]);
    expect(found(tree)).toEqual([
      '/of/0/min INVALID_VALUE',
      '/of/0/from/subjects TOO_SMALL',
      '/of/1/k WRONG_TYPE',
      '/of/1/of/0/id TOO_SMALL',
      '/of/2/within/node INVALID_VALUE',
      '/of/3/node INVALID_VALUE',
      '/of/4/credits UNKNOWN_PROPERTY',
    ]);
  });

  it.each([[null], ['ALL'], [[]], [{}], [all('root', [])], [all('root', [null])]])('is refused when it is no tree: %j', (tree) => {
    expect(found(tree)).not.toEqual([]);
  });
});

describe('A published requirement', () => {
  it('is read without what a later release added', () => {
    expect(PublishedRequirement.parse(all('root', [{ ...course('leaf'), addedLater: true }]))).toEqual(all('root', [course('leaf')]));
  });
});

describe('What a pathway shares with others', () => {
  const found = (...across: unknown[]): string[] => {
    const parsed = SharingInput.safeParse({ maxUses: 1, across });
    return parsed.success ? [] : faultsOf(parsed.error, { across }).map(({ pointer, code }) => `${pointer} ${code}`);
  };
  const other = newCtid();

  it('is limited in credits or percent, with one other pathway or every other one', () => {
    expect(found({ credits: 0 }, { with: other, percent: 12.5 })).toEqual([]);
    expect(found({ with: other, percent: 100 })).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{}, '/across/0 INVALID_VALUE'],
    [{ credits: 3, percent: 50 }, '/across/0 INVALID_VALUE'],
    [{ credits: -0.01 }, '/across/0/credits TOO_SMALL'],
    [{ credits: 0.001 }, '/across/0/credits INVALID_VALUE'],
    [{ percent: 100.01 }, '/across/0/percent TOO_BIG'],
    [{ percent: -1 }, '/across/0/percent TOO_SMALL'],
    [{ with: 'UBC', credits: 3 }, '/across/0/with INVALID_FORMAT'],
    [{ credits: '3' }, '/across/0/credits WRONG_TYPE'],
    [{ credits: 3, most: 4 }, '/across/0/most UNKNOWN_PROPERTY'],
    [null, '/across/0 WRONG_TYPE'],
  ])('is refused as %j', (cap, fault) => {
    expect(found(cap)).toEqual([fault]);
  });
});

describe('A limit', () => {
  it('has what its kind needs, and nothing else', () => {
    expect(LimitInput.safeParse({ id: 'upper', limit: 'LEVEL', min: 12, level: 300 }).success).toBe(true);
    expect(LimitInput.safeParse({ id: 'upper', limit: 'LEVEL', min: 12 }).success).toBe(false);
    expect(LimitInput.safeParse({ id: 'total', limit: 'TOTAL', min: 12, level: 300 }).success).toBe(false);
  });
});
