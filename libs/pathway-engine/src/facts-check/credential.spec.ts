import { describe, expect, it } from '@jest/globals';
import type { Credential } from '../facts/credential.ts';
import type { Requirement } from '../facts/requirement.ts';
import { Graph } from '../graph/graph.ts';
import * as make from '../testing/index.ts';
import { checkCredential, checkCredentialAgainst } from './credential.ts';
import type { FactFault } from './fault.ts';

const { all, any, atMost, count, course, cred, credential, credits, distinct, kOf, manual, sections, when } = make;
const told = (faults: readonly FactFault[]) => faults.map(({ code, pointer }) => `${code} ${pointer}`);
const ofTree = (tree: unknown) => told(checkCredential(credential(tree as Requirement)));
const asked = { min: 1, most: 2, each: 300, total: 300 };

const whole = all(
  'root',
  any('any', course('X'), cred('cred', 'a', { minGrade: 6500, maxAgeMonths: 24 })),
  kOf('kOf', 1, count('count', 2, { issuers: ['S'] }), distinct('distinct', 'AREA', 2)),
  sections('sections', asked, { one: { subjects: ['ART'] }, two: {} }),
  atMost('outer', 600, {}, atMost('inner', 300, { subjects: ['ART'] }, credits('credits', 900, { minLevel: 200, maxLevel: 300 }))),
  when('if', 'admitted', manual('manual'), course('Y')),
);

describe('A credential by itself', () => {
  it('may be published with every kind of node and limit', () => {
    const limits: Credential['limits'] = [
      { id: '1', limit: 'RESIDENCY', min: 300 },
      { id: '2', limit: 'LEVEL', level: 300, min: 300 },
      { id: '3', limit: 'TOTAL', min: 3000 },
      { id: '4', limit: 'GPA', min: 6000 },
      { id: '5', limit: 'CAP', bucket: 'b', max: 0 },
      { id: '6', limit: 'CAP', bucket: 'c', max: 0 },
    ];
    expect(checkCredential(credential(whole, { limits, sharing: { maxUses: 2, together: [['X', 'one']] } }))).toEqual([]);
  });

  it('may limit what it shares with other credentials, whether these are there or not', () => {
    const across = [{ max: 0 }, { with: 'other', max: 300 }, { with: 'third', share: 10_000 }];
    expect(checkCredential(credential(whole, { sharing: { maxUses: 1, across } }))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a cap on nothing', {}, 'REQUIRED /sharing/across/0/max'],
    ['a negative cap', { max: -1 }, 'TOO_SMALL /sharing/across/0/max'],
    ['half a hundredth', { max: 0.5 }, 'NOT_AN_INTEGER /sharing/across/0/max'],
    ['more than the whole', { share: 10_001 }, 'TOO_BIG /sharing/across/0/share'],
    ['both a number and a share', { max: 300, share: 5_000 }, 'INVALID_VALUE /sharing/across/0/share'],
    ['a cap with itself', { with: 'cert', max: 0 }, 'INVALID_VALUE /sharing/across/0/with'],
    ['a cap with what is no id', { with: 7, max: 0 }, 'WRONG_TYPE /sharing/across/0/with'],
    ['no cap', null, 'WRONG_TYPE /sharing/across/0'],
  ])('is refused for sharing with %s', (_what, cap, fault) => {
    expect(told(checkCredential(credential(whole, { sharing: { maxUses: 1, across: [cap as never] } })))).toEqual([fault]);
  });

  it('is refused for two caps with the same one, or two with every other one', () => {
    const across = [{ max: 0 }, { with: 'other', max: 300 }, { with: 'other', share: 10_000 }, { share: 5_000 }];
    expect(told(checkCredential(credential(whole, { sharing: { maxUses: 1, across } })))).toEqual([
      'DUPLICATE /sharing/across/2',
      'DUPLICATE /sharing/across/3',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['without a tree', undefined, 'REQUIRED /requirement'],
    ['of a kind that there is not', { node: 'NONE', id: 'x' }, 'INVALID_VALUE /requirement/node'],
    ['without an id', { node: 'MANUAL', text: 'Look.' }, 'REQUIRED /requirement/id'],
    ['with an id twice', all('root', course('X'), course('Y', 'X')), 'DUPLICATE /requirement/of/1/id'],
    ['with a section that has an id of another', all('X', sections('s', asked, { X: {}, Y: {} })), 'DUPLICATE /requirement/of/0/of/0/id'],
    ['ALL of nothing', all('root'), 'TOO_SMALL /requirement/of'],
    ['ANY of nothing', any('root'), 'TOO_SMALL /requirement/of'],
    ['more of them than there are', kOf('root', 2, course('X')), 'K_OUT_OF_RANGE /requirement/k'],
    ['none of them', kOf('root', 0, course('X')), 'TOO_SMALL /requirement/k'],
    ['less than no credit', credits('root', -1), 'TOO_SMALL /requirement/min'],
    ['half a piece', count('root', 0.5), 'NOT_AN_INTEGER /requirement/min'],
    ['levels in the wrong order', credits('root', 1, { minLevel: 300, maxLevel: 200 }), 'RANGE_REVERSED /requirement/from/maxLevel'],
    ['a filter of nothing', credits('root', 1, { subjects: [] }), 'TOO_SMALL /requirement/from/subjects'],
    ['more sections than there are', sections('s', { ...asked, min: 3, most: 3 }, { x: {}, y: {} }), 'SECTIONS_OUT_OF_RANGE /requirement/min'],
    ['fewer sections counted than needed', sections('s', { ...asked, min: 2, most: 1 }, { x: {}, y: {} }), 'SECTIONS_OUT_OF_RANGE /requirement/most'],
    ['AT_MOST around what has no amount', atMost('root', 1, {}, course('X') as never), 'WRONG_CHILD /requirement/within'],
    ['a missing branch', { node: 'IF', id: 'root', declares: 'x' }, 'REQUIRED /requirement/then'],
  ])('is refused with a tree %s', (_what, tree, fault) => {
    expect(ofTree(tree)).toContain(fault);
  });

  it.each<[string, Partial<Credential>, string]>([
    ['dates in the wrong order', { validFrom: 5, validUntil: 5 }, 'EMPTY_TERM /validUntil'],
    ['two caps of one bucket', { limits: ['1', '2'].map((id) => ({ id, limit: 'CAP', bucket: 'b', max: 0 })) }, 'SECOND_LIMIT /limits/1'],
    ['two averages', { limits: ['1', '2'].map((id) => ({ id, limit: 'GPA', min: 0 })) }, 'SECOND_LIMIT /limits/1'],
    [
      'two limits of one id',
      {
        limits: [
          { id: '1', limit: 'TOTAL', min: 1 },
          { id: '1', limit: 'GPA', min: 1 },
        ],
      },
      'DUPLICATE /limits/1',
    ],
    ['a negative limit', { limits: [{ id: '1', limit: 'RESIDENCY', min: -1 }] }, 'TOO_SMALL /limits/0/min'],
    ['a limit that there is not', { limits: [{ id: '1', limit: 'LUCK' } as never] }, 'INVALID_VALUE /limits/0/limit'],
    ['no use of anything', { sharing: { maxUses: 0 } }, 'TOO_SMALL /sharing/maxUses'],
    ['sharing of an unknown leaf', { sharing: { maxUses: 2, together: [['X', 'z']] } }, 'UNKNOWN_LEAF /sharing/together/0/1'],
    ['sharing of no leaf', { sharing: { maxUses: 2, together: [['root', 'X']] } }, 'NOT_A_LEAF /sharing/together/0/0'],
    ['sharing of a leaf with itself', { sharing: { maxUses: 2, together: [['X', 'X']] } }, 'DUPLICATE /sharing/together/0/1'],
    ['no name', { name: '' }, 'TOO_SMALL /name'],
  ])('is refused with %s', (_what, some, fault) => {
    expect(told(checkCredential(credential(whole, some)))).toEqual([fault]);
  });
});

describe('A tree that is no tree', () => {
  it('is refused with the way around, when it contains itself', () => {
    const inner = { node: 'ANY', id: 'inner', of: [course('X')] as unknown[] };
    const outer = all('outer', inner as unknown as Requirement);
    inner.of.push(outer);
    const [fault] = checkCredential(credential(all('root', outer)));
    expect(fault).toMatchObject({ code: 'CYCLE', pointer: '/requirement/of/0/of/0/of/1', message: 'The tree contains itself: outer > inner > outer.' });
  });

  it('is refused when it is too deep, and nothing runs out', () => {
    let deep: Requirement = course('X');
    for (let level = 0; level < 100_000; level += 1) deep = all(`l${level}`, deep);
    expect(ofTree(deep)).toEqual([expect.stringMatching(/^TREE_TOO_DEEP /)]);
  });

  it('is refused when it is too large, and accepted just before', () => {
    const wide = (number: number) => all('root', ...Array.from({ length: number }, (_, at) => course(`c${at}`)));
    expect(ofTree(wide(9_999))).toEqual([]);
    expect(ofTree(wide(10_000))).toEqual(['TREE_TOO_LARGE /requirement']);
    expect(ofTree(sections('s', asked, Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`s${at}`, {}]))))).toEqual([
      'TREE_TOO_LARGE /requirement',
    ]);
  });

  it('is refused when its parts stand in it again and again', () => {
    let tree: Requirement = course('X');
    for (let level = 0; level < 40; level += 1) tree = all(`l${level}`, tree, tree);
    expect(ofTree(tree).filter((fault) => !fault.startsWith('DUPLICATE'))).toEqual(['TREE_TOO_LARGE /requirement']);
  });
});

describe('A credential beside the facts', () => {
  const known = Graph.of(make.facts({ microCredentials: [make.microCredential({ id: 'a' })] }));
  const named = { microCredentials: ['a', 'z'] };

  it('may be published when it names what is there', () => {
    expect(checkCredentialAgainst(known, credential(whole))).toEqual([]);
  });

  it('is refused for every micro-credential that is not there, wherever it names it', () => {
    const tree = all('root', cred('c', 'z'), count('n', 1, named), atMost('m', 1, named, count('o', 1)), sections('s', asked, { one: named, two: {} }));
    expect(told(checkCredentialAgainst(known, credential(tree)))).toEqual([
      'UNKNOWN_MICRO_CREDENTIAL /requirement/of/0/microCredential',
      'UNKNOWN_MICRO_CREDENTIAL /requirement/of/1/from/microCredentials/1',
      'UNKNOWN_MICRO_CREDENTIAL /requirement/of/2/of/microCredentials/1',
      'UNKNOWN_MICRO_CREDENTIAL /requirement/of/3/of/0/from/microCredentials/1',
    ]);
  });
});
