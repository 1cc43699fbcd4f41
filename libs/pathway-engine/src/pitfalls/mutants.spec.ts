import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mutants } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { namedTests } from './named-tests.ts';
import type { NamedTest, Subject } from './named-tests.ts';

/** The library as it is, or with one module of it changed. The registry of modules is the seam: production code knows nothing of it. */
async function load(mutant?: Mutant): Promise<Subject> {
  jest.resetModules();
  if (mutant) {
    const actual = (await import(mutant.module)) as object;
    const changed = { ...actual, ...mutant.change(actual as never) };
    jest.resetModules();
    jest.unstable_mockModule(mutant.module, () => changed);
  }
  const { PathwayEngine } = await import('../engine.ts');
  const { lpTextOf } = await import('../testing/solvers/highs-plan.ts');
  return { PathwayEngine, lpTextOf };
}

/** What comes of a named test with a subject. */
function outcomeOf({ have, want }: NamedTest, subject: Subject): 'HOLDS' | 'WRONG' {
  const answer = have(subject);
  try {
    expect(answer).toEqual(want);
    return 'HOLDS';
  } catch {
    return 'WRONG';
  }
}

const testFor = ({ pitfall, test }: Mutant) => namedTests.find((one) => one.pitfall === pitfall && one.name.includes(test))!;

describe('A pitfall put back', () => {
  afterEach(() => {
    for (const { module } of mutants) jest.unstable_unmockModule(module);
  });

  it.each(mutants.map((mutant) => ({ ...mutant, name: testFor(mutant).name })))('($pitfall) $what: is caught by "$name"', async (mutant) => {
    const test = testFor(mutant);
    expect(outcomeOf(test, await load())).toBe('HOLDS');
    expect(outcomeOf(test, await load(mutant))).toBe('WRONG');
    jest.unstable_unmockModule(mutant.module);
    expect(outcomeOf(test, await load())).toBe('HOLDS');
  });

  it('is there for each of the fourteen, and for each named test', () => {
    expect([...new Set(mutants.map(({ pitfall }) => pitfall))]).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    expect(mutants.map(testFor)).toEqual(namedTests);
  });
});
