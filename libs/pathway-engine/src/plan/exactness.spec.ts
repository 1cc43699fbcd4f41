import { describe, expect, it } from '@jest/globals';
import { californiaCases, comparisonOf, mixedInstance } from '../testing/index.ts';
import type { Instance } from '../testing/index.ts';

const IN_MINUTES = 5 * 60_000;

interface Question {
  readonly name: string;
  readonly instance: Instance;
  readonly withHighs: boolean;
}

/** Every fault of the answers to some questions; one that was not proven is a fault here. */
async function faultsOf(questions: readonly Question[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, instance, withHighs } of questions) {
    const { wrong, outcome } = await comparisonOf(instance, { msToAnswer: 60_000, msToTry: 60_000, withHighs });
    if (wrong.length > 0 || outcome === 'NOT_PROVEN') faults.push(`${name}: ${[...wrong, outcome].join(', ')}`);
  }
  return faults;
}

describe('The engine against trying everything', () => {
  const questions = Array.from({ length: 1_000 }, (_, index): Question => {
    const { instance, seed, candidates } = mixedInstance(50_000 + index);
    return { name: `seed ${seed} with ${candidates}`, instance, withHighs: index % 10 === 0 };
  });

  it(
    '1,000 random questions: the same verdict and the very same plan, each tenth of them as by HiGHS, and the checker agrees',
    async () => expect(await faultsOf(questions)).toEqual([]),
    IN_MINUTES,
  );
});

describe('The engine where a bound lies below nothing', () => {
  it('leaves out nothing that is as good: what a source loses is measured from the bound itself', async () => {
    const questions = [38, 1_462].map((index): Question => ({ name: `question ${index}`, instance: mixedInstance(index).instance, withHighs: true }));
    expect(await faultsOf(questions)).toEqual([]);
  });
});

describe('The engine on real articulation', () => {
  const cases = californiaCases(300, 1);
  const title = '300 questions of colleges and receivers: the optimum of HiGHS, and the very plan of trying everything where few may be planned';

  if (!cases) it.skip(`${title} (skipped: ../shared/data/articulation/california-a-m.json is not there)`, () => undefined);
  else {
    it(
      title,
      async () => {
        expect(cases.filter(({ facts }) => facts.microCredentials.length <= 22).length).toBeGreaterThan(200);
        expect(await faultsOf(cases.map((instance) => ({ name: instance.name, instance, withHighs: true })))).toEqual([]);
      },
      IN_MINUTES,
    );
  }
});
