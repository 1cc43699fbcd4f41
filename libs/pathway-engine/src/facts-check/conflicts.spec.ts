import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import { Graph } from '../graph/graph.ts';
import { assigned, facts, microCredential } from '../testing/index.ts';
import { conflictsOf } from './conflicts.ts';
import type { ConflictClass } from './conflicts.ts';

const known = (agreements: readonly Agreement[]) =>
  Graph.of(facts({ microCredentials: [microCredential({ id: 'a', sameAs: 't' }), microCredential({ id: 'b', sameAs: 't' })], agreements }));
const there = assigned('1', 'a', 'X', { validFrom: 100, validUntil: 200 });
const between = (some: Partial<Agreement>, other: Partial<Agreement> = {}) => conflictsOf(known([{ ...there, ...other }]), assigned('2', 'a', 'X', some));
const courseY = { grants: [{ course: 'Y', credits: 300 }] };
const subject: Partial<Agreement> = { kind: 'UNASSIGNED', grants: [{ subject: 'ART', credits: 300 }] };

describe('A new agreement and one for the same learning', () => {
  it.each<[string, Partial<Agreement>, Partial<Agreement>, ConflictClass, boolean, string]>([
    ['make the same promise', {}, {}, 'DUPLICATE', true, 'ID'],
    ['make the same promise of twins', { from: [{ microCredential: 'b' }] }, {}, 'DUPLICATE', true, 'ID'],
    ['make the same promise in other words', { priority: 1, kind: 'CONDITIONAL' }, {}, 'DUPLICATE', true, 'PRIORITY'],
    ['give the same for more', { from: [{ microCredential: 'a' }, { microCredential: 'c' }] }, {}, 'EQUIVALENT', false, 'MORE_ITEMS'],
    ['give the same to another sender', { sender: 'T' }, {}, 'EQUIVALENT', false, 'ID'],
    ['give a subject and a course', subject, {}, 'BLANKET_VS_REAL', false, 'KIND'],
    ['give nothing and a course', { kind: 'NO_CREDIT', grants: [] }, {}, 'BLANKET_VS_REAL', false, 'KIND'],
    ['give two courses with equal keys', courseY, {}, 'MULTIPLE_REAL', true, 'ID'],
    ['give two courses, one before the other', { ...courseY, recordedOn: 1 }, {}, 'MULTIPLE_REAL', false, 'RECORDED_LATER'],
    ['give two subjects with equal keys', subject, { ...subject, grants: [{ subject: 'DATA', credits: 300 }] }, 'MULTIPLE_REAL', true, 'ID'],
  ])('that %s', (_what, some, other, kind, refused, key) => {
    expect(between(some, other)).toMatchObject([{ agreement: '1', kind, refused, key }]);
  });

  it('say which of them goes first', () => {
    expect(between({ ...courseY, priority: 1 })).toMatchObject([{ first: '2', key: 'PRIORITY' }]);
    expect(between({ ...courseY, priority: -1 })).toMatchObject([{ first: '1', key: 'PRIORITY' }]);
  });

  it.each<[string, Partial<Agreement>, Partial<Agreement>]>([
    ['begin from other things', { from: [{ microCredential: 'z' }] }, {}],
    ['are of other receivers', { receiver: 'T' }, {}],
    ['have no day in common', { validFrom: 200 }, {}],
    ['are the same one', { id: '1' }, {}],
    ['ask for different grades', { ...courseY, from: [{ microCredential: 'a', maxGrade: 6999 }] }, { from: [{ microCredential: 'a', minGrade: 7000 }] }],
    ['are for different programs', { ...courseY, programScope: ['p'] }, { programScope: ['q'] }],
    ['leave it to a person', { kind: 'INDIVIDUAL_ASSESSMENT' }, {}],
  ])('are in no conflict when they %s', (_what, some, other) => {
    expect(between(some, other)).toEqual([]);
  });
});
