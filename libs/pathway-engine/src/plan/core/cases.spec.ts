import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../../engine.ts';
import type { Credential } from '../../facts/credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Requirement } from '../../facts/requirement.ts';
import type { CoreElement } from './elements.ts';
import { all, any, assigned, atMost, course, credential, credits, facts, kOf, manual, microCredential, situation, when } from '../../testing/index.ts';

const unhurried = { nodes: 100_000, until: Infinity, now: () => 0 };

/** Of a to c of `S`, a gives the course X, b gives Y, c gives X too and is online. */
const engineFor = (requirement: Requirement, some: Partial<Credential> = {}) =>
  new PathwayEngine(
    facts({
      microCredentials: ['a', 'b', 'c'].map((id) => microCredential({ id, level: 100, ...(id === 'c' && { delivery: 'ONLINE' }) })),
      agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y'), assigned('3', 'c', 'X')],
      credentials: [credential(requirement, some)],
    }),
  );

const coreOf = (requirement: Requirement, terms: PlanTerms = {}, some: Partial<Credential> = {}) =>
  engineFor(requirement, some).core(['cert'], situation(), terms, unhurried);

const asks = (id: string) => ({ element: 'REQUIREMENT', credential: 'cert', id });
const impossible = (...core: readonly object[]) => ({ proof: 'IMPOSSIBLE', core, minimal: true });

describe('What makes a plan impossible', () => {
  it.each<[string, Requirement, PlanTerms, Partial<Credential>, readonly object[]]>([
    ['a course that nobody gives', all('root', course('X'), course('Z')), { budgets: { COST: 0 } }, {}, [asks('Z')]],
    ['every way through a choice', all('root', course('X'), any('either', course('Z'), course('V'))), {}, {}, [asks('Z'), asks('V')]],
    [
      'a budget for what is asked',
      all('root', course('X'), course('Y')),
      { budgets: { COST: 10_000, COUNT: 5 } },
      {},
      [asks('X'), asks('Y'), { element: 'BUDGET', objective: 'COST' }],
    ],
    [
      'what is forbidden, and a filter',
      course('X'),
      { forbidden: ['b', 'c'], deliveries: ['ONLINE'] },
      {},
      [asks('X'), { element: 'FILTER', filter: 'deliveries' }, { element: 'FORBIDDEN', microCredential: 'c' }],
    ],
    [
      'what is forced and forbidden',
      course('X'),
      { forced: ['b'], forbidden: ['b'] },
      {},
      [
        { element: 'FORCED', microCredential: 'b' },
        { element: 'FORBIDDEN', microCredential: 'b' },
      ],
    ],
    ['what is forced and not there', course('X'), { forced: ['z'] }, {}, [{ element: 'FORCED', microCredential: 'z' }]],
    ['a limit', course('X'), {}, { limits: [{ id: 'level', limit: 'LEVEL', level: 300, min: 300 }] }, [{ element: 'LIMIT', credential: 'cert', id: 'level' }]],
    [
      'a piece that may be used once',
      all('root', course('X'), course('Y'), credits('more', 600)),
      { forbidden: ['c'] },
      {},
      [asks('X'), asks('Y'), asks('more'), { element: 'USES', credential: 'cert' }],
    ],
    ['what counts no more than so much', atMost('cap', 300, {}, credits('some', 600)), {}, {}, [asks('cap'), asks('some')]],
    ['the branch that is chosen', when('if', 'admitted', course('X'), course('Z')), {}, {}, [asks('Z')]],
    ['more children than there are, whatever is left out', kOf('root', 3, course('X'), course('Y')), {}, {}, []],
  ])('is %s', (_what, requirement, terms, some, core) => {
    expect(coreOf(requirement, terms, some)).toEqual(impossible(...core));
  });

  it('is never what a person looks at', () => {
    expect(coreOf(all('root', manual('look'), course('Z')))).toEqual(impossible(asks('Z')));
  });

  it('is nothing where there is a plan', () => {
    expect(coreOf(course('X'))).toEqual({ proof: 'POSSIBLE' });
  });

  it('is of several credentials what they ask for together', () => {
    const known = facts({
      microCredentials: [microCredential({ id: 'a' })],
      agreements: [assigned('1', 'a', 'X')],
      credentials: ['p', 'q'].map((id) => credential(course('X'), { id, ...(id === 'q' && { sharing: { maxUses: 1, across: [{ max: 0 }] } }) })),
    });
    expect(new PathwayEngine(known).core(['q', 'p'], situation(), {}, unhurried)).toEqual(
      impossible(
        { element: 'REQUIREMENT', credential: 'p', id: 'X' },
        { element: 'REQUIREMENT', credential: 'q', id: 'X' },
        { element: 'SHARE_CAP', credential: 'q', index: 0 },
      ),
    );
  });

  it('names a cap of one with another only where without it no cap for all others is in the way', () => {
    const across = [{ max: 0 }, { with: 'p', max: 100 }];
    const known = facts({
      microCredentials: [microCredential({ id: 'a' })],
      agreements: [assigned('1', 'a', 'X')],
      credentials: ['p', 'q'].map((id) => credential(course('X'), { id, ...(id === 'q' && { sharing: { maxUses: 1, across } }) })),
    });
    expect(new PathwayEngine(known).core(['q', 'p'], situation(), {}, unhurried)).toEqual(
      impossible(
        { element: 'REQUIREMENT', credential: 'p', id: 'X' },
        { element: 'REQUIREMENT', credential: 'q', id: 'X' },
        { element: 'SHARE_CAP', credential: 'q', index: 1 },
      ),
    );
  });
});

describe('A core of whichever of several', () => {
  const known = facts({
    microCredentials: ['a', 'b'].map((id) => microCredential({ id })),
    agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y')],
    credentials: [
      credential(all('one', course('X'), course('N')), { id: 'never' }),
      credential(all('two', course('X'), course('Y')), { id: 'both' }),
      credential(course('Y'), { id: 'single' }),
    ],
  });
  const engine = new PathwayEngine(known);

  it('names of each what it cannot do, and of the terms what all others need', () => {
    const never = { element: 'REQUIREMENT', credential: 'never', id: 'N' } as const;
    const [single, y] = ['single', 'both'].map((one) => ({ element: 'REQUIREMENT', credential: one, id: 'Y' }) as const) as [CoreElement, CoreElement];
    expect(engine.coreAmong(['never'], situation(), {}, unhurried)).toEqual(impossible(never));
    expect(engine.coreAmong(['single', 'both', 'never'], situation(), { forbidden: ['b'], budgets: { COST: 100_000 } }, unhurried)).toEqual(
      impossible(y, never, single, { element: 'FORBIDDEN', microCredential: 'b' }),
    );
    const x = { element: 'REQUIREMENT', credential: 'both', id: 'X' } as const;
    expect(engine.coreAmong(['both', 'never'], situation(), { budgets: { COUNT: 1 } }, unhurried)).toEqual(
      impossible(x, y, never, { element: 'BUDGET', objective: 'COUNT' }),
    );
  });

  it('is the core of the one where there is one, and empty where there is none', () => {
    const terms = { forced: ['a'], budgets: { COUNT: 1 } };
    expect(engine.coreAmong(['both'], situation(), terms, unhurried)).toEqual(engine.core(['both'], situation(), terms, unhurried));
    expect(engine.coreAmong([], situation(), terms, unhurried)).toEqual(impossible());
  });

  it('is none where one of them can be completed, and not minimal where the time was over', () => {
    expect(engine.coreAmong(['never', 'single'], situation(), {}, unhurried)).toEqual({ proof: 'POSSIBLE' });
    let looks = 0;
    const hurried = { ...unhurried, until: 3, now: () => (looks += 1) };
    expect(engine.coreAmong(['both', 'never', 'single'], situation(), { forbidden: ['b'] }, hurried)).not.toMatchObject({ minimal: true });
  });
});

describe('A core that was not found in time', () => {
  const requirement = all('root', course('X'), course('Y'), course('Z'));

  it('is not known at all when there was none', () => {
    expect(engineFor(requirement).core(['cert'], situation(), {}, { ...unhurried, until: 0, now: () => 1 })).toEqual({ proof: 'UNKNOWN' });
    expect(engineFor(requirement).core(['cert'], situation(), {}, { ...unhurried, cancelled: () => true })).toEqual({ proof: 'UNKNOWN' });
  });

  it('may have more than it needs, and says so; it is impossible all the same', () => {
    for (let looks = 1; looks < 12; looks += 1) {
      let left = looks;
      const answer = engineFor(requirement).core(['cert'], situation(), {}, { ...unhurried, cancelled: () => (left -= 1) < 0 });
      if (answer.proof !== 'IMPOSSIBLE') continue;
      expect(answer.core).toContainEqual(asks('Z'));
      if (answer.core.length > 1) expect(answer.minimal).toBe(false);
    }
  });

  it('is refused for a credential that is not there', () => {
    expect(() => engineFor(requirement).core(['unknown'], situation(), {}, unhurried)).toThrow(RangeError);
  });
});
