import { describe, expect, it } from '@jest/globals';
import { checkTogether } from '../../checker/check-answer.ts';
import { PathwayEngine } from '../../engine.ts';
import type { ShareCap } from '../../facts/credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import { all, agreement, assigned, course, credential, credits, facts, held, microCredential, situation } from '../../testing/index.ts';
import type { Together } from './increments.ts';

const unhurried = { nodes: 100_000, until: Infinity, now: () => 0 };

/** A certificate of R and a diploma of T, that both want six credits of DATA. Of a to d each gives three at both; each costs more than the one before. */
const given = (across: { certificate?: readonly ShareCap[]; diploma?: readonly ShareCap[] } = {}) => {
  const ids = ['a', 'b', 'c', 'd'];
  const both = ids.flatMap((id) =>
    ['R', 'T'].map((receiver) =>
      agreement({ id: `${id}-${receiver}`, receiver, from: [{ microCredential: id }], grants: [{ subject: 'DATA', credits: 300 }] }),
    ),
  );
  const wants = credits('data', 600, { subjects: ['DATA'] });
  return facts({
    microCredentials: ids.map((id, index) => microCredential({ id, cost: 10_000 + 1_000 * index })),
    agreements: both,
    credentials: [
      credential(wants, { id: 'certificate', sharing: { maxUses: 1, across: across.certificate } }),
      credential(wants, { id: 'diploma', institution: 'T', sharing: { maxUses: 1, across: across.diploma } }),
    ],
  });
};

function ask(some: Parameters<typeof given>[0], who = situation(), terms: PlanTerms = {}): Together {
  const answer = new PathwayEngine(given(some)).together(['certificate', 'diploma'], who, terms, unhurried);
  if ('plan' in answer) {
    const checked = checkTogether(given(some), answer.credentials, { ...who, planned: answer.plan }, terms, answer.totals);
    expect(checked).toMatchObject({ faults: [], verdict: answer.verdict });
  }
  return answer;
}

describe('A plan for a certificate and a diploma', () => {
  it('counts learning for both where nothing limits that, and says that either of them adds nothing', () => {
    const nothing = { COST: 0, HOURS: 0, COUNT: 0, TERMS: 0 };
    expect(ask({})).toMatchObject({
      proof: 'OPTIMAL',
      plan: ['a', 'b'],
      bound: 21_000,
      increments: [
        { credential: 'certificate', more: nothing, proven: true },
        { credential: 'diploma', more: nothing, proven: true },
      ],
    });
  });

  it.each<{ cap: ShareCap; plan: string[]; adds: number }>([
    { cap: { max: 300 }, plan: ['a', 'b', 'c'], adds: 12_000 },
    { cap: { max: 299 }, plan: ['a', 'b', 'c', 'd'], adds: 25_000 },
    { cap: { share: 5_000 }, plan: ['a', 'b', 'c'], adds: 12_000 },
    { cap: { share: 4_999 }, plan: ['a', 'b', 'c', 'd'], adds: 25_000 },
    { cap: { with: 'certificate', max: 0 }, plan: ['a', 'b', 'c', 'd'], adds: 25_000 },
    { cap: { with: 'something else', max: 0 }, plan: ['a', 'b'], adds: 0 },
  ])('of which the diploma says $cap takes $plan', ({ cap, plan, adds }) => {
    expect(ask({ diploma: [cap] })).toMatchObject({ proof: 'OPTIMAL', plan, increments: [{ more: { COST: adds } }, { more: { COST: adds } }] });
  });

  it.each<{ caps: ShareCap[]; plan: string[] }>([
    { caps: [{ max: 0 }, { with: 'certificate', share: 10_000 }], plan: ['a', 'b'] },
    { caps: [{ with: 'certificate', max: 300 }, { share: 0 }], plan: ['a', 'b', 'c'] },
    { caps: [{ max: 600 }, { with: 'certificate', max: 0 }], plan: ['a', 'b', 'c', 'd'] },
  ])('of which the diploma says $caps goes by the cap that names the certificate', ({ caps, plan }) => {
    expect(ask({ diploma: caps })).toMatchObject({ proof: 'OPTIMAL', plan });
  });

  it('keeps the cap of the one that has it, whatever the other allows', () => {
    expect(ask({ certificate: [{ max: 300 }], diploma: [{ max: 600 }] })).toMatchObject({ plan: ['a', 'b', 'c'] });
  });

  it('shares what is held like what is planned', () => {
    const who = situation({ held: [held('a'), held('b')] });
    expect(ask({}, who)).toMatchObject({ plan: [] });
    expect(ask({ diploma: [{ max: 300 }] }, who)).toMatchObject({ plan: ['c'] });
    expect(ask({ diploma: [{ max: 0 }] }, who)).toMatchObject({ plan: ['c', 'd'] });
  });

  it('is impossible where the cap asks for more than there is, or the budget allows', () => {
    expect(ask({ diploma: [{ max: 0 }] }, situation(), { forbidden: ['d'] })).toMatchObject({ proof: 'INFEASIBLE', increments: [] });
    expect(ask({ diploma: [{ max: 300 }] }, situation(), { budgets: { COST: 32_999 } })).toMatchObject({ proof: 'INFEASIBLE' });
    expect(ask({ diploma: [{ max: 300 }] }, situation(), { budgets: { COST: 33_000 } })).toMatchObject({ proof: 'OPTIMAL' });
  });
});

describe('What a certificate and a diploma share', () => {
  const sharedBy = (across: Parameters<typeof given>[0]) => {
    const answer = ask(across);
    if (!('plan' in answer)) throw new Error('There is a plan.');
    return new PathwayEngine(given(across)).shared(answer.credentials, situation({ planned: answer.plan }));
  };
  const [certificate, diploma] = [
    { credential: 'certificate', with: 'diploma' },
    { credential: 'diploma', with: 'certificate' },
  ];

  it('is told for each of them, with what a cap allows', () => {
    expect(sharedBy({})).toEqual([
      { ...certificate, credits: 600 },
      { ...diploma, credits: 600 },
    ]);
    expect(sharedBy({ diploma: [{ max: 350 }] })).toEqual([
      { ...certificate, credits: 300 },
      { ...diploma, credits: 300, most: 350 },
    ]);
    // Two thirds of nine credits: one micro-credential more, and both of the others count twice.
    expect(sharedBy({ certificate: [{ share: 6_667 }] })).toEqual([
      { ...certificate, credits: 600, most: 600 },
      { ...diploma, credits: 600 },
    ]);
    expect(sharedBy({ diploma: [{ max: 0 }] })).toEqual([{ ...diploma, credits: 0, most: 0 }]);
  });
});

describe('Asking for several', () => {
  const engine = new PathwayEngine(given());

  it('is the question for one where one is named, however often', () => {
    const once = engine.together(['certificate'], situation(), {}, unhurried);
    expect(once).toMatchObject({ plan: ['a', 'b'], increments: [{ credential: 'certificate', more: { COST: 21_000 }, proven: true }] });
    expect(engine.together(['certificate', 'certificate'], situation(), {}, unhurried)).toEqual(once);
  });

  it('is answered for none with what is forced', () => {
    expect(engine.together([], situation(), {}, unhurried)).toMatchObject({ proof: 'OPTIMAL', plan: [], verdict: 'COMPLETE', increments: [] });
    expect(engine.together([], situation(), { forced: ['c'] }, unhurried)).toMatchObject({ proof: 'OPTIMAL', plan: ['c'], totals: { COST: 12_000 } });
  });

  it('is refused for a credential that is not there', () => {
    expect(() => engine.together(['certificate', 'unknown'], situation(), {}, unhurried)).toThrow(RangeError);
  });

  it('never says best when it may not look: neither without work, nor without time, nor when it is cancelled', () => {
    for (const budget of [
      { ...unhurried, nodes: 0 },
      { ...unhurried, until: 0, now: () => 1 },
      { ...unhurried, cancelled: () => true },
    ]) {
      const answer = engine.together(['certificate', 'diploma'], situation(), {}, budget);
      expect(['FEASIBLE', 'UNKNOWN']).toContain(answer.proof);
      expect('bound' in answer && answer.bound).toBeLessThanOrEqual(21_000);
      expect(answer.increments.every(({ proven }) => !proven)).toBe(true);
    }
  });
});

describe('The checker of a plan for several', () => {
  it('names the cap that is exceeded', () => {
    const some = { diploma: [{ max: 300 }] };
    const answer = ask({});
    if (!('plan' in answer)) throw new Error('There is a plan.');
    const checked = checkTogether(given(some), answer.credentials, situation({ planned: answer.plan }), {}, answer.totals);
    expect(checked).toMatchObject({ verdict: 'INCOMPLETE', faults: [{ code: 'SHARED_TOO_MUCH', about: 'diploma with certificate' }] });
    const allowed = { diploma: [{ max: 0 }, { with: 'certificate', max: 600 }] };
    expect(checkTogether(given(allowed), answer.credentials, situation({ planned: answer.plan }), {}, answer.totals)).toMatchObject({ faults: [] });
  });

  it('goes through every assignment', () => {
    const answer = ask({});
    if (!('plan' in answer)) throw new Error('There is a plan.');
    const claims = answer.credentials.map(({ credential: id, assignment }) => ({
      credential: id,
      assignment: id === 'diploma' ? assignment.slice(1) : assignment,
    }));
    const checked = checkTogether(given(), claims, situation({ planned: answer.plan }), {}, answer.totals);
    expect(checked).toMatchObject({ verdict: 'INCOMPLETE', credentials: { certificate: { verdict: 'COMPLETE' }, diploma: { verdict: 'INCOMPLETE' } } });
  });
});

describe('Two credentials of one institution', () => {
  it('recognise learning once each, and pay once for what both want', () => {
    const known = facts({
      microCredentials: ['x', 'y', 'z'].map((id) => microCredential({ id })),
      agreements: [assigned('1', 'x', 'X'), assigned('2', 'y', 'Y'), assigned('3', 'z', 'Z')],
      credentials: [credential(all('one', course('X'), course('Y')), { id: 'p' }), credential(all('two', course('Y'), course('Z')), { id: 'q' })],
    });
    const answer = new PathwayEngine(known).together(['p', 'q'], situation(), {}, unhurried);
    expect(answer).toMatchObject({ plan: ['x', 'y', 'z'], totals: { COST: 30_000 }, increments: [{ more: { COST: 10_000 } }, { more: { COST: 10_000 } }] });
  });
});
