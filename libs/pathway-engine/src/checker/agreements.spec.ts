import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import { dayOf } from '../facts/day.ts';
import { agreement, assigned, course, credits, grantAt, held, microCredential, today } from '../testing/builders.ts';
import { checked, type RuleCase, type Setting } from '../testing/setting.ts';

const one = (some: Partial<Agreement> = {}, completion: Partial<Completion> = {}): Setting => ({
  tree: course('X'),
  agreements: [assigned('t', 'a', 'X', some)],
  held: [held('a', completion)],
  placements: [grantAt('X', 't')],
});
const applies = (rule: string, right: Setting, wrong: Setting): RuleCase => ({ rule, right, change: wrong, code: 'DOES_NOT_APPLY' });
const graded = (minGrade?: number, maxGrade?: number) => ({ from: [{ microCredential: 'a', minGrade, maxGrade }] });
const twins = [microCredential({ id: 'a', sameAs: 'same' }), microCredential({ id: 'b', sameAs: 'same' })];
const done = dayOf('2025-02-28');
const condition = { conditions: [{ declares: 'member', text: 'A member.' }] };

const applying: RuleCase[] = [
  applies('individual assessment never counts by itself', one(), one({ kind: 'INDIVIDUAL_ASSESSMENT' })),
  applies('the agreement is of the receiver', one(), one({ receiver: 'T' })),
  applies(
    'everything in `from` is held',
    { ...one(), agreements: [assigned('t', 'a', 'X')] },
    one({ from: [{ microCredential: 'a' }, { microCredential: 'b' }] }),
  ),
  applies('a suspended completion is not usable', one(), one({}, { status: 'SUSPENDED' })),
  applies('a revoked completion is not usable', one(), one({}, { status: 'REVOKED' })),
  applies('a completion of tomorrow is not usable', one({}, { completedOn: today }), one({}, { completedOn: today + 1 })),
  applies('the term begins on its first day', one({ validFrom: done }, { completedOn: done }), one({ validFrom: done + 1 }, { completedOn: done })),
  applies('the term ends before its last day', one({ validUntil: done + 1 }, { completedOn: done }), one({ validUntil: done }, { completedOn: done })),
  applies('the least grade', one(graded(6_500), { grade: 6_500 }), one(graded(6_500), { grade: 6_499 })),
  applies('the greatest grade', one(graded(undefined, 6_500), { grade: 6_500 }), one(graded(undefined, 6_500), { grade: 6_501 })),
  applies('without a grade no condition on grades holds', one(), one(graded(undefined, 6_500))),
  applies('what is planned fits every grade', { ...one(graded(6_500)), held: [], planned: ['a'] }, { ...one(graded(6_500)), planned: [] }),
  applies(
    'the age in months',
    one({ maxAgeMonths: 12 }, { completedOn: dayOf('2025-09-01') }),
    one({ maxAgeMonths: 12 }, { completedOn: dayOf('2025-08-31') }),
  ),
  applies('an expired one still counts unless the agreement says no', one({}, { expiresOn: today }), one({ requiresUnexpired: true }, { expiresOn: today })),
  applies('it expires on its day', one({ requiresUnexpired: true }, { expiresOn: today + 1 }), one({ requiresUnexpired: true }, { expiresOn: today })),
  applies('the scope of programs', one({ programScope: ['other', 'cert'] }), one({ programScope: ['other'] })),
  applies('conditions are declared', { ...one(condition), declares: ['member'] }, { ...one(condition), declares: ['veteran'] }),
  applies(
    'a same one stands in',
    { ...one({}, { microCredential: 'b' }), microCredentials: twins },
    { ...one({}, { microCredential: 'b' }), microCredentials: [] },
  ),
];

/** Two agreements over what is held: said so, the one that is placed wins, and said otherwise it loses. */
const against = (rule: string, winning: Partial<Agreement>, losing: Partial<Agreement>, other: Partial<Agreement> = {}): RuleCase => {
  const with_ = (some: Partial<Agreement>): Setting => ({
    ...one(some),
    held: [held('a'), held('b')],
    agreements: [assigned('t', 'a', 'X', some), assigned('rival', 'a', 'Y', other)],
  });
  return { rule, right: with_(winning), change: with_(losing), code: 'DOES_NOT_WIN' };
};
const both = { from: [{ microCredential: 'a' }, { microCredential: 'b' }] };

const conflicts: RuleCase[] = [
  against('the larger priority goes first', { priority: 1, kind: 'UNASSIGNED' }, { priority: -1 }, both),
  against('ASSIGNED goes before BLOCK', { kind: 'ASSIGNED' }, { kind: 'EXEMPTION', recordedOn: 0 }, { kind: 'BLOCK', recordedOn: 1 }),
  against('BLOCK goes before UNASSIGNED', { kind: 'BLOCK' }, { kind: 'NO_CREDIT', recordedOn: 0 }, { kind: 'UNASSIGNED', recordedOn: 1 }),
  against('PLAR has the rank of ASSIGNED', { kind: 'PLAR', recordedOn: 2 }, { kind: 'UNASSIGNED', recordedOn: 2 }, { kind: 'STACK', recordedOn: 1 }),
  against('then the later record', { recordedOn: 2 }, { recordedOn: 0 }, { recordedOn: 1 }),
];

const [first, second] = [assigned('t1', 'a', 'X'), assigned('t2', 'a', 'X')];
const grouped = (id: string, from: string, exclusiveGroup?: string) => assigned(id, from, id, { exclusiveGroup });
const more: RuleCase[] = [
  {
    rule: 'then more units',
    right: { ...one(), held: [held('a'), held('b')], agreements: [assigned('t', 'a', 'X', { ...both, kind: 'NO_CREDIT' }), assigned('rival', 'a', 'Y')] },
    change: { agreements: [assigned('t', 'a', 'X'), assigned('rival', 'a', 'Y', { ...both, kind: 'NO_CREDIT' })] },
    code: 'DOES_NOT_WIN',
  },
  {
    rule: 'then the smaller id',
    right: { ...one(), agreements: [second, first], placements: [grantAt('X', 't1')] },
    change: { placements: [grantAt('X', 't2')] },
    code: 'DOES_NOT_WIN',
  },
  {
    rule: 'of an exclusive group one wins',
    right: { tree: course('t2'), held: [held('a'), held('b')], agreements: [grouped('t1', 'a'), grouped('t2', 'b')], placements: [grantAt('t2', 't2')] },
    change: { agreements: [grouped('t1', 'a', 'g'), grouped('t2', 'b', 'g')] },
    code: 'DOES_NOT_WIN',
  },
  {
    rule: 'a loser keeps nothing from winning',
    right: {
      tree: course('Z'),
      held: [held('a'), held('b'), held('c')],
      agreements: [
        assigned('first', 'a', 'X', { priority: 2 }),
        agreement({ id: 'loser', priority: 1, from: [{ microCredential: 'a' }, { microCredential: 'b' }] }),
        assigned('last', 'b', 'Z'),
      ],
      placements: [grantAt('Z', 'last')],
    },
    change: { held: [held('a', { status: 'REVOKED' }), held('b', { status: 'REVOKED' }), held('c')] },
    code: 'DOES_NOT_APPLY',
  },
  {
    rule: 'what wins gives only the grants it has',
    right: { ...one(), tree: credits('X', 300) },
    change: { placements: [grantAt('X', 't', 1)] },
    code: 'UNKNOWN_SOURCE',
  },
];

describe('agreements', () => {
  it.each([...applying, ...conflicts, ...more])('$rule', ({ right, change, code }) => {
    expect(checked(right)).toMatchObject({ verdict: 'COMPLETE', faults: [] });
    expect(checked({ ...right, ...change })).toMatchObject({ verdict: 'INCOMPLETE', faults: [{ code, placement: 0 }] });
  });
});
