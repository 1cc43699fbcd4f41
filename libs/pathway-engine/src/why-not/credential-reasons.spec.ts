import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import type { Limit } from '../facts/credential.ts';
import { all, assigned, atMost, count, course, cred, credits, held, manual } from '../testing/index.ts';
import { outcomeOf } from '../testing/why-not-setting.ts';
import type { WhyNotCase } from '../testing/why-not-setting.ts';
import type { WhyNotTarget } from './ask.ts';

const cert: WhyNotTarget = { credential: 'cert' };
const at = (place: string): WhyNotTarget => ({ credential: 'cert', place });
const one = (some: Partial<Agreement> = {}) => assigned('1', 'a', 'X', some);
const unassigned = one({ kind: 'UNASSIGNED', grants: [{ subject: 'ART', credits: 300 }] });
const direct = { microCredentials: ['a', 'b'] };
const total = (min: number): Limit => ({ id: 'total', limit: 'TOTAL', min });
const cap = (max: number): Limit => ({ id: 'cap', limit: 'CAP', bucket: 'b', max });

const cases: readonly WhyNotCase[] = [
  {
    code: 'PROGRAM_SCOPE',
    when: 'the agreement is for another program',
    target: cert,
    agreements: [one({ programScope: ['other'] })],
    tree: course('X'),
    says: { programs: ['other'] },
    fixes: [{ fix: 'AMEND', to: { programScope: ['other', 'cert'] } }],
  },
  {
    code: 'ALREADY_COUNTED',
    when: 'it is at another place of the credential',
    target: at('any'),
    tree: all('root', cred('itself', 'a'), count('any', 1, direct)),
    says: { place: 'itself', by: { microCredential: 'a' } },
    fixes: [{ fix: 'SHARE', maxUses: 2 }],
  },
  {
    code: 'SHARE_LIMIT',
    when: 'it is used as often as it may, elsewhere',
    target: at('z'),
    tree: all('root', count('x', 1, direct), count('y', 1, direct), count('z', 0, direct)),
    sharing: { maxUses: 2, together: [['x', 'y']] },
    says: { maxUses: 2, places: ['x', 'y'] },
    fixes: [
      {
        fix: 'SHARE',
        maxUses: 3,
        together: [
          ['x', 'z'],
          ['y', 'z'],
        ],
      },
    ],
  },
  {
    code: 'CAP_REACHED',
    when: 'an AT_MOST lets nothing more of it count',
    target: cert,
    tree: atMost('most', 300, {}, credits('all', 600, direct)),
    held: [held('a'), held('b')],
    says: { bucket: 'most', have: 300, most: 300 },
    fixes: [{ fix: 'LIMIT', limit: 'most', max: 600 }],
  },
  {
    code: 'RESIDENCY_SHORT',
    when: 'credit of the institution itself is lacking, and this is not',
    target: at('own'),
    agreements: [one()],
    tree: course('X'),
    limits: [{ id: 'own', limit: 'RESIDENCY', min: 300 }],
    says: { limit: 'own', have: 0, need: 300 },
    fixes: [{ fix: 'LIMIT', limit: 'own', min: 0 }],
  },
  {
    code: 'LEVEL_SHORT',
    when: 'credit of a higher level is lacking, and this is not',
    target: at('upper'),
    agreements: [one()],
    tree: course('X'),
    limits: [{ id: 'upper', limit: 'LEVEL', level: 300, min: 600 }],
    says: { limit: 'upper', have: 0, need: 600 },
    fixes: [{ fix: 'LIMIT', limit: 'upper', min: 0 }],
  },
  {
    code: 'UNASSIGNED_ONLY',
    when: 'a course is asked for, and it gives credit without a course',
    target: cert,
    agreements: [unassigned],
    tree: course('X'),
    says: { courses: ['X'] },
    fixes: [
      {
        fix: 'AMEND',
        to: {
          kind: 'BLOCK',
          grants: [
            { subject: 'ART', credits: 300 },
            { course: 'X', credits: 300 },
          ],
        },
      },
    ],
  },
  {
    code: 'SLOT_ALREADY_FULL',
    when: 'another fills the course',
    target: cert,
    agreements: [one(), assigned('0', 'b', 'X')],
    tree: course('X'),
    held: [held('b'), held('a')],
    says: { place: 'X', by: { agreement: '0', grant: 0 } },
    fixes: [{ fix: 'REMOVE', microCredentials: ['b'] }],
  },
  {
    code: 'NOT_IN_TREE',
    when: 'it gives a course that is not asked for',
    target: cert,
    agreements: [one()],
    tree: course('Y'),
    says: { credential: 'cert' },
    fixes: [
      {
        fix: 'AMEND',
        to: {
          grants: [
            { course: 'X', credits: 300 },
            { course: 'Y', credits: 300 },
          ],
        },
      },
    ],
  },
  { code: 'MANUAL_REVIEW', when: 'a person has to look', target: at('look'), tree: manual('look'), says: { requirement: 'look' }, fixes: [{ fix: 'ASK' }] },
  {
    code: 'NON_CREDIT',
    when: 'credit is asked for, and it carries none',
    target: cert,
    micros: [{ id: 'a', credits: 0 }],
    tree: credits('all', 300, direct),
    fixes: [{ fix: 'CREDIT', microCredential: 'a' }],
  },
  {
    code: 'NON_CREDIT',
    when: 'a course is asked for, and nobody names one for what carries no credit',
    target: cert,
    micros: [{ id: 'a', credits: 0 }],
    tree: course('X'),
    fixes: [{ fix: 'AGREEMENT', agreement: { kind: 'EXEMPTION', grants: [{ waives: 'X', credits: 0 }] } }],
  },
  {
    code: 'NON_CREDIT',
    when: 'a course and credit of a subject are asked for, and nobody has agreed on credit without a course',
    target: cert,
    micros: [{ id: 'a', credits: 0 }],
    tree: all('root', course('X'), credits('art', 300, { subjects: ['ART'] })),
    fixes: [{ fix: 'AGREEMENT', agreement: { kind: 'UNASSIGNED', grants: [{ subject: 'ART', credits: 300 }] } }],
  },
  {
    code: 'PLAR_CAP',
    when: 'no more of what is assessed counts',
    target: at('total'),
    agreements: [one({ kind: 'PLAR', capBucket: 'b' }), assigned('2', 'b', 'Y', { kind: 'PLAR', capBucket: 'b' })],
    tree: all('root', course('X'), course('Y')),
    limits: [total(600), cap(300)],
    held: [held('a'), held('b')],
    says: { bucket: 'b', have: 300, most: 300 },
    fixes: [{ fix: 'LIMIT', limit: 'cap', max: 600 }],
  },
];

describe('A credential does not recognise what is held', () => {
  it.each(cases)('when $when: $code', (each) => {
    const { reason, fixes, recognised } = outcomeOf(each);
    expect(reason).toMatchObject(each.says ?? {});
    expect(fixes).toMatchObject(each.fixes);
    expect(recognised).toEqual([...fixes.map(() => false), true]);
  });
});
