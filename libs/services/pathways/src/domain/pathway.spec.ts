import { describe, expect, it } from '@jest/globals';
import type { Requirement } from '@mcr/contracts';
import { PathwayEngine } from '@mcr/pathway-engine';
import { aPublishedMicroCredential } from '@mcr/testing';
import { microCredentialFact } from './facts/micro-credential-fact.ts';
import { type PathwayFacts, type ProposedPathway, faultsOfPathway, namedBy } from './pathway.ts';

const course = (id: string): Requirement => ({ node: 'COURSE', id, course: 'DATA 101' });
const engine = new PathwayEngine();
engine.graph.putMicroCredential(microCredentialFact(aPublishedMicroCredential({ ctid: 'ce-known' })));
const facts: PathwayFacts = {
  owner: { ctid: 'ce-ubc', code: 'UBC', status: 'ACTIVE' },
  destination: { ctid: 'ce-known', isNonCredit: false, offeredBy: ['ce-ubc'] },
  engine,
  institutions: new Set(['ce-ubc']),
  pathways: new Set(['ce-diploma']),
};
const proposed = (changes: Partial<ProposedPathway> = {}): ProposedPathway => ({
  ownedBy: 'UBC',
  name: { 'en-CA': 'Certificate' },
  kind: 'LADDER',
  destinationType: 'CERTIFICATE',
  requirement: { node: 'ALL', id: 'root', of: [course('a'), course('b')] },
  limits: [{ id: 'total', limit: 'TOTAL', min: 30 }],
  startDate: '2026-01-01',
  ...changes,
});
const found = (changes: Partial<ProposedPathway>, known: PathwayFacts = facts): string[] =>
  faultsOfPathway(proposed(changes), known).map(({ pointer, code }) => `${pointer} ${code}`);

const sections = (asked: { min: number; most: number; each: number; total: number }): Requirement => ({
  node: 'SECTIONS',
  id: 'root',
  ...asked,
  sections: [{ id: 'one', from: {} }],
});

const refused: [what: string, changes: Partial<ProposedPathway>, faults: string[]][] = [
  ['an id twice', { requirement: { node: 'ALL', id: 'root', of: [course('a'), course('a')] } }, ['/requirement/of/1/id REQUIREMENT_INVALID']],
  ['a limit with the id of a requirement', { limits: [{ id: 'a', limit: 'TOTAL', min: 3 }] }, ['/limits/0/id REQUIREMENT_INVALID']],
  ['more than there are to choose from', { requirement: { node: 'K_OF', id: 'root', k: 2, of: [course('a')] } }, ['/requirement/k REQUIREMENT_INVALID']],
  [
    'sections that can never be met',
    { requirement: sections({ min: 3, most: 2, each: 3, total: 2 }) },
    ['/requirement/min REQUIREMENT_INVALID', '/requirement/most REQUIREMENT_INVALID', '/requirement/total REQUIREMENT_INVALID'],
  ],
  [
    'levels that exclude each other',
    { requirement: { node: 'COUNT', id: 'root', min: 1, from: { minLevel: 300, maxLevel: 200 } } },
    ['/requirement/from/maxLevel REQUIREMENT_INVALID'],
  ],
  [
    'a subject or a course twice, in whatever case and spacing',
    { requirement: { node: 'COUNT', id: 'root', min: 1, from: { subjects: ['Data', 'STAT', 'DATA '], courses: ['Data 1', 'data  1'] } } },
    ['/requirement/from/subjects/2 REQUIREMENT_INVALID', '/requirement/from/courses/1 REQUIREMENT_INVALID'],
  ],
  [
    'unknown micro-credentials',
    {
      requirement: {
        node: 'IF',
        id: 'root',
        declares: 'X',
        then: { node: 'CRED', id: 'a', microCredential: 'ce-nobody' },
        otherwise: { node: 'COUNT', id: 'b', min: 1, from: { microCredentials: ['ce-known', 'ce-nobody'] } },
      },
    },
    ['/requirement/then/microCredential MICRO_CREDENTIAL_NOT_FOUND', '/requirement/otherwise/from/microCredentials/1 MICRO_CREDENTIAL_NOT_FOUND'],
  ],
  [
    'an unknown issuer, below a cap',
    { requirement: { node: 'AT_MOST', id: 'root', max: 1, from: {}, within: { node: 'COUNT', id: 'a', min: 1, from: { issuers: ['ce-nobody'] } } } },
    ['/requirement/within/from/issuers/0 INSTITUTION_NOT_FOUND'],
  ],
  [
    'what stands in a section, or under a cap, where people wrote it',
    {
      requirement: {
        node: 'ALL',
        id: 'root',
        of: [
          { node: 'SECTIONS', id: 's', min: 1, most: 1, each: 1, total: 1, sections: [{ id: 'root', from: { minLevel: 300, maxLevel: 200 } }] },
          { node: 'AT_MOST', id: 'cap', max: 1, from: { minLevel: 300, maxLevel: 200 }, within: { node: 'COUNT', id: 'in', min: 1, from: {} } },
        ],
      },
    },
    [
      '/requirement/of/0/sections/0/from/maxLevel REQUIREMENT_INVALID',
      '/requirement/of/0/sections/0/id REQUIREMENT_INVALID',
      '/requirement/of/1/from/maxLevel REQUIREMENT_INVALID',
    ],
  ],
  [
    'two averages',
    {
      limits: [
        { id: 'one', limit: 'GPA', min: 60 },
        { id: 'two', limit: 'GPA', min: 70 },
      ],
    },
    ['/limits/1 REQUIREMENT_INVALID'],
  ],
  [
    'two limits of one id',
    {
      limits: [
        { id: 'one', limit: 'TOTAL', min: 60 },
        { id: 'one', limit: 'TOTAL', min: 70 },
      ],
    },
    ['/limits/1/id REQUIREMENT_INVALID'],
  ],
  ['sharing with what takes no credit', { sharing: { maxUses: 2, together: [['a', 'root']] } }, ['/sharing/together/0/1 REQUIREMENT_INVALID']],
  ['a degree that is a micro-credential', { destinationType: 'DEGREE', destination: 'ce-known' }, ['/destination DESTINATION_NOT_ALLOWED']],
  ['sharing with nothing', { sharing: { maxUses: 2, together: [['a', 'nothing']] } }, ['/sharing/together/0/1 REQUIREMENT_INVALID']],
  [
    'what it shares with a pathway that nobody published, with itself, or limited twice with the same one',
    {
      ctid: 'ce-own',
      sharing: {
        maxUses: 1,
        across: [
          { with: 'ce-nobody', credits: 3 },
          { with: 'ce-own', credits: 3 },
          { with: 'ce-diploma', credits: 3 },
          { with: 'ce-diploma', percent: 50 },
        ],
      },
    },
    ['/sharing/across/3 REQUIREMENT_INVALID', '/sharing/across/1/with REQUIREMENT_INVALID', '/sharing/across/0/with PATHWAY_NOT_FOUND'],
  ],
  ['an end that is not after the start', { endDate: '2026-01-01' }, ['/endDate END_NOT_AFTER_START']],
];

describe('A proposed pathway', () => {
  it('has no faults when it is complete', () => {
    expect(found({})).toEqual([]);
    expect(found({ endDate: '2026-01-02', sharing: { maxUses: 2, together: [['a', 'b']] } })).toEqual([]);
  });

  it.each(refused)('is refused for %s', (_what, changes, faults) => {
    expect(found(changes)).toEqual(faults);
  });

  it('needs an owner who takes part and is not suspended', () => {
    expect(found({}, { ...facts, owner: undefined })).toEqual(['/ownedBy INSTITUTION_NOT_FOUND']);
    expect(found({}, { ...facts, owner: { ...facts.owner!, status: 'INVITED' } })).toEqual(['/ownedBy INSTITUTION_NOT_FOUND']);
    expect(found({}, { ...facts, owner: { ...facts.owner!, status: 'SUSPENDED' } })).toEqual(['/ownedBy INSTITUTION_SUSPENDED']);
  });

  it('leads to a micro-credential that its owner offers', () => {
    const changes = { destinationType: 'MICRO_CREDENTIAL', destination: 'ce-known' } as const;
    expect(found(changes)).toEqual([]);
    expect(found(changes, { ...facts, destination: undefined })).toEqual(['/destination MICRO_CREDENTIAL_NOT_FOUND']);
    expect(found(changes, { ...facts, destination: { ...facts.destination!, offeredBy: ['ce-bcit'] } })).toEqual(['/destination MICRO_CREDENTIAL_NOT_FOUND']);
  });

  it('names what must be known of others, wherever it stands in the tree', () => {
    const tree: Requirement = {
      node: 'ANY',
      id: 'root',
      of: [
        { node: 'CRED', id: 'a', microCredential: 'ce-1' },
        { node: 'SECTIONS', id: 's', min: 1, most: 1, each: 1, total: 1, sections: [{ id: 'b', from: { issuers: ['ce-i'], microCredentials: ['ce-2'] } }] },
      ],
    };
    const sharing = { maxUses: 1, across: [{ credits: 3 }, { with: 'ce-p', percent: 50 }] };
    expect(namedBy({ requirement: tree, sharing })).toEqual({ microCredentials: ['ce-1', 'ce-2'], institutions: ['ce-i'], pathways: ['ce-p'] });
  });
});
