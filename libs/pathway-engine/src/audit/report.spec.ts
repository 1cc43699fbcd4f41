import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import { all, assigned, course, credential, credits, facts, held, manual, microCredential, randomInstance, situation } from '../testing/index.ts';

const microCredentials = ['a', 'b', 'c'].map((id) => microCredential({ id, subject: 'MATH' }));
const agreements = [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y', { grants: [{ course: 'Y', subject: 'MATH', credits: 300 }] })];

describe('The audit of a credential', () => {
  const tree = all('root', course('X'), credits('maths', 600, { subjects: ['MATH'] }));

  it('shows what fills which place, and how much is there of how much', () => {
    const engine = new PathwayEngine(
      facts({ microCredentials, agreements, credentials: [credential(tree, { limits: [{ id: 'all', limit: 'TOTAL', min: 900 }] })] }),
    );
    const { verdict, proven, assignment, requirements, limits } = engine.audit('cert', situation({ held: [held('a'), held('b')] }));
    expect({ verdict, proven }).toEqual({ verdict: 'INCOMPLETE', proven: true });
    expect(assignment).toEqual([
      { source: { agreement: '1', grant: 0 }, place: 'X' },
      { source: { agreement: '2', grant: 0 }, place: 'maths' },
    ]);
    expect(requirements).toEqual([
      { id: 'root', met: false, have: 1, need: 2 },
      { id: 'X', met: true, have: 1, need: 1 },
      { id: 'maths', met: false, have: 300, need: 600 },
    ]);
    expect(limits).toEqual([{ id: 'all', met: false, have: 600, need: 900 }]);
  });

  it('leaves to a person what only a person can say', () => {
    const engine = new PathwayEngine(facts({ microCredentials, agreements, credentials: [credential(all('root', course('X'), manual('interview')))] }));
    expect(engine.audit('cert', situation({ held: [held('a')] }))).toMatchObject({ verdict: 'COMPLETE_EXCEPT_MANUAL' });
    expect(engine.audit('cert', situation())).toMatchObject({ verdict: 'INCOMPLETE', assignment: [] });
  });

  it('that is proven within few steps is the same as with many', () => {
    const outcomes = new Set<boolean>();
    for (let seed = 1; seed <= 150; seed += 1) {
      const { facts: known, credential: id, situation: asked } = randomInstance(seed, { candidates: 10 });
      const engine = new PathwayEngine(known);
      const everything = { ...asked, planned: known.microCredentials.map((one) => one.id) };
      for (const steps of [1, 3, 10, 40]) {
        const quick = engine.audit(id, everything, steps);
        outcomes.add(quick.proven);
        if (quick.proven) expect(quick).toEqual(engine.audit(id, everything));
      }
    }
    expect([...outcomes].sort()).toEqual([false, true]);
  });

  it('is refused for a credential that nobody knows', () => {
    expect(() => new PathwayEngine().audit('cert', situation())).toThrow(RangeError);
  });
});
