import type { Agreement, Grant } from '../../facts/agreement.ts';
import type { Limit } from '../../facts/credential.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import { objectives, type PlanTerms } from '../../facts/question.ts';
import type { Requirement } from '../../facts/requirement.ts';
import { agreement, all, any, atMost, course, cred, credential, credits, distinct, facts, held, kOf, microCredential, situation } from '../builders.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { Instance } from './instance.ts';

const COURSES = ['X', 'Y', 'Z'];
const SUBJECTS = ['DATA', 'ART'];

function alikeOnes(chance: Chance, candidates: number): MicroCredential[] {
  return Array.from({ length: candidates + 2 }, (_, index) =>
    microCredential({
      id: `m${String.fromCharCode(97 + index)}`,
      issuer: chance.is(0.25) ? 'R' : 'S',
      credits: chance.pick([0, 150, 300, 300]),
      cost: chance.pick([10_000, 20_000, 20_000, 30_000]),
      minutes: chance.pick([600, 1_200]),
      subject: chance.pick(SUBJECTS),
      level: chance.pick([100, 200]),
      ...(chance.is(0.05) && { sameAs: 'twins' }),
      ...(chance.is(0.05) && { prerequisites: [['ma']] }),
    }),
  );
}

function oneGrant(chance: Chance): Grant {
  const subject = chance.pick(SUBJECTS);
  if (chance.is(0.3)) return { subject, credits: chance.pick([150, 300]) };
  return { course: chance.pick(COURSES), subject, level: chance.pick([100, 200]), credits: 300 };
}

function alikeAgreements(chance: Chance, ones: readonly MicroCredential[]): Agreement[] {
  const from = (...ids: string[]) => ids.map((id) => ({ microCredential: id }));
  const others = ones.filter(({ issuer }) => issuer === 'S').map(({ id }) => id);
  const single = others.flatMap((id) => (chance.is(0.9) ? [from(id)] : []));
  const again = chance.some(others, chance.between(0, 2)).map((id) => from(id));
  const bundles = others.length < 2 ? [] : Array.from({ length: chance.between(0, 3) }, () => from(...chance.some(others, 2)));
  return [...single, ...again, ...bundles].map((things, index) => {
    const grants = chance.is(0.05) ? [] : [oneGrant(chance)];
    const kind = grants.length === 0 ? 'NO_CREDIT' : grants[0]!.course === undefined ? 'UNASSIGNED' : things.length > 1 ? 'CLUSTER' : 'ASSIGNED';
    return agreement({
      id: `a${String(index).padStart(2, '0')}`,
      kind,
      from: things,
      grants,
      priority: chance.is(0.1) ? 1 : 0,
      ...(chance.is(0.1) && { exclusiveGroup: 'g' }),
    });
  });
}

function alikeTree(chance: Chance): Requirement {
  const elective = credits('electives', chance.pick([300, 450, 600, 900]), chance.is(0.5) ? {} : { subjects: [chance.pick(SUBJECTS)] });
  const courses = chance.some([...COURSES, 'X'], chance.between(0, 3)).map((one, index) => course(one, `course-${index}`));
  const parts: Requirement[] = [...courses, chance.is(0.2) ? atMost('cap', 300, { subjects: ['ART'] }, elective) : elective];
  if (chance.is(0.2)) parts.push(distinct('different', 'SUBJECT', chance.between(1, 2)));
  if (chance.is(0.2)) parts.push(cred('own', 'mb'));
  if (parts.length > 2 && chance.is(0.3)) return kOf('root', parts.length - 1, ...parts);
  return chance.is(0.1) ? any('root', ...parts) : all('root', ...parts);
}

function alikeTerms(chance: Chance): PlanTerms {
  const budget = chance.is(0.2) && { budgets: { [chance.pick(objectives)]: chance.pick([3, 40_000, 60_000]) } };
  return { objectives: chance.some(objectives, chance.between(0, 4)), ...budget };
}

/** The same instance with so many certificates beside its own, `cert-1` and on, in the words of the same courses. */
export function alikeCertificates(seed: number, { candidates, certificates }: { candidates: number; certificates: number }): Instance {
  const instance = alikeInstance(seed, { candidates });
  const others = Array.from({ length: certificates }, (_, index) => credential(alikeTree(chanceOf(seed * 100 + index)), { id: `cert-${index + 1}` }));
  return { ...instance, facts: { ...instance.facts, credentials: [...instance.facts.credentials, ...others] } };
}

/**
 * An instance that the seed alone decides, whose micro-credentials are much alike: most do the same for a certificate, and many cost the same.
 * Where a search may leave out what another could stand in for, here it has to.
 */
export function alikeInstance(seed: number, { candidates }: { candidates: number }): Instance {
  const chance = chanceOf(seed);
  const ones = alikeOnes(chance, candidates);
  const limits = [
    { id: 'residency', limit: 'RESIDENCY', min: 300 },
    { id: 'total', limit: 'TOTAL', min: chance.pick([600, 900]) },
    { id: 'level', limit: 'LEVEL', level: 200, min: 300 },
  ] as const satisfies readonly Limit[];
  const certificate = credential(alikeTree(chance), { limits: limits.filter(() => chance.is(0.2)) });
  const owned = ones.slice(0, chance.between(0, 2)).map(({ id }) => held(id, { grade: 7_000 }));
  return {
    facts: facts({ microCredentials: ones, agreements: alikeAgreements(chance, ones), credentials: [certificate] }),
    credential: certificate.id,
    situation: situation({ held: owned }),
    terms: alikeTerms(chance),
  };
}
