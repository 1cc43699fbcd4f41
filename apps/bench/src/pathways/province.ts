import type { Agreement, Completion, Credential, Facts, Grant, MicroCredential, Requirement } from '@mcr/pathway-engine';
import { dayOf } from '@mcr/pathway-engine';
import { seededRandom } from '../crash/seeded-random.ts';

/** How large the generated province is. */
export interface Size {
  readonly institutions: number;
  readonly microCredentials: number;
  readonly credentials: number;
  readonly agreements: number;
  readonly subjects: number;
}

/** The size that the goals are for, or a part of it in which as much is offered and taken for each course. */
export const sizeOf = (part: number): Size => ({
  institutions: 25,
  microCredentials: Math.round(20_000 * part),
  credentials: Math.round(2_000 * part),
  agreements: Math.round(200_000 * part),
  subjects: Math.max(2, Math.round(40 * part)),
});

export const asOf = dayOf('2026-09-01');
/** Measured on real articulation rows: 17 of 100 options need two courses or more. */
const SHARE_OF_BUNDLES = 0.17;

type Random = () => number;
const pick = <Element>(random: Random, from: readonly Element[]): Element => from[Math.floor(random() * from.length)]!;
const between = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));

/** A province made up with the proportions of real articulation: invented facts, the same for a seed. */
export function generatedProvince(size: Size, seed = 1): Facts {
  const random = seededRandom(seed);
  const institutions = Array.from({ length: size.institutions }, (_, index) => `I${String(index).padStart(2, '0')}`);
  const microCredentials = Array.from({ length: size.microCredentials }, (_, index) =>
    microCredential(random, pickInTurn(institutions, index), index, size.subjects),
  );
  const bySubject = Map.groupBy(microCredentials, ({ issuer, subject }) => `${issuer} ${subject}`);
  const byIssuer = Map.groupBy(microCredentials, ({ issuer }) => issuer);
  const courses = (institution: string, subject: string): string[] => Array.from({ length: 20 }, (_, index) => `${institution} ${subject} ${100 + 20 * index}`);
  const agreements = Array.from({ length: size.agreements }, (_, index) => {
    const receiver = pickInTurn(institutions, index);
    return agreement(
      random,
      index,
      receiver,
      pick(
        random,
        institutions.filter((one) => one !== receiver),
      ),
      (issuer, subject) => bySubject.get(`${issuer} ${subject}`) ?? byIssuer.get(issuer)!,
      courses,
      size.subjects,
    );
  });
  const credentials = Array.from({ length: size.credentials }, (_, index) =>
    credential(random, index, pickInTurn(institutions, index), courses, size.subjects),
  );
  return { microCredentials, agreements, credentials };
}

const pickInTurn = <Element>(from: readonly Element[], index: number): Element => from[index % from.length]!;
const subjectOf = (random: Random, subjects: number): string => `S${String(Math.floor(random() * subjects)).padStart(2, '0')}`;

function microCredential(random: Random, issuer: string, index: number, subjects: number): MicroCredential {
  const hours = between(random, 2, 24) * 10;
  const credits = random() < 0.2 ? 0 : pick(random, [100, 150, 200, 300, 300, 300]);
  return {
    id: `m${String(index).padStart(6, '0')}`,
    issuer,
    credits,
    minutes: hours * 60,
    cost: between(random, 10, 160) * 1_000,
    terms: 1,
    subject: subjectOf(random, subjects),
    level: between(random, 1, 4) * 100,
    offeredFrom: 0,
    offeredUntil: null,
  };
}

function agreement(
  random: Random,
  index: number,
  receiver: string,
  sender: string,
  offeredBy: (issuer: string, subject: string) => readonly MicroCredential[],
  courses: (institution: string, subject: string) => readonly string[],
  subjects: number,
): Agreement {
  const subject = subjectOf(random, subjects);
  const offered = offeredBy(sender, subject);
  const from = new Set<string>();
  const things = random() < SHARE_OF_BUNDLES ? between(random, 2, 3) : 1;
  while (from.size < Math.min(things, offered.length)) from.add(pick(random, offered).id);
  const drawn = random();
  const course: Grant = { course: pick(random, courses(receiver, subject)), subject, level: between(random, 1, 4) * 100, credits: 300 };
  const kind = drawn < 0.72 ? (from.size > 1 ? 'CLUSTER' : 'ASSIGNED') : drawn < 0.92 ? 'UNASSIGNED' : drawn < 0.97 ? 'INDIVIDUAL_ASSESSMENT' : 'NO_CREDIT';
  const grants = kind === 'UNASSIGNED' ? [{ subject, level: 100, credits: 200 }] : kind === 'ASSIGNED' || kind === 'CLUSTER' ? [course] : [];
  const start = dayOf('2020-01-01') + between(random, 0, 2_000);
  return {
    id: `a${String(index).padStart(6, '0')}`,
    kind,
    sender,
    receiver,
    from: [...from].map((id) => (random() < 0.2 ? { microCredential: id, minGrade: 6000 } : { microCredential: id })),
    grants,
    validFrom: start,
    validUntil: random() < 0.1 ? start + between(random, 200, 2_000) : null,
    priority: 0,
    recordedOn: start,
  };
}

function credential(
  random: Random,
  index: number,
  institution: string,
  courses: (institution: string, subject: string) => readonly string[],
  subjects: number,
): Credential {
  const subject = subjectOf(random, subjects);
  const other = subjectOf(random, subjects);
  const id = `c${String(index).padStart(5, '0')}`;
  let places = 0;
  const course = (of: string): Requirement => ({ node: 'COURSE', id: `${id}.${(places += 1)}`, course: pick(random, courses(institution, of)) });
  const required = Array.from({ length: between(random, 3, 8) }, () => course(random() < 0.8 ? subject : other));
  const sets = Array.from({ length: between(random, 0, 2) }, (_, set): Requirement => {
    const of = Array.from({ length: between(random, 3, 5) }, () => course(subject));
    return { node: 'K_OF', id: `${id}.set${set}`, k: between(random, 1, 2), of };
  });
  const electives: Requirement = { node: 'CREDITS', id: `${id}.electives`, min: between(random, 2, 6) * 300, from: { subjects: [subject, other] } };
  const residency = { id: `${id}.residency`, limit: 'RESIDENCY', min: between(random, 1, 3) * 300 } as const;
  return {
    id,
    institution,
    name: `Certificate ${index}`,
    type: 'CERTIFICATE',
    requirement: { node: 'ALL', id: `${id}.all`, of: [...required, ...sets, electives] },
    limits: random() < 0.4 ? [residency] : [],
    validFrom: 0,
    validUntil: null,
  };
}

/** What somebody may hold: so many micro-credentials, mostly of a few subjects and institutions. */
export function heldBy(facts: Facts, { subjects: known }: Size, count: number, random: Random): Completion[] {
  const subjects = new Set([subjectOf(random, known), subjectOf(random, known)]);
  const near = facts.microCredentials.filter(({ subject }) => subjects.has(subject!));
  const ids = new Set<string>();
  while (ids.size < count) ids.add((random() < 0.7 ? pick(random, near) : pick(random, facts.microCredentials)).id);
  return [...ids].map((microCredential) => ({ microCredential, completedOn: asOf - between(random, 1, 1_500), grade: between(random, 50, 100) * 100 }));
}
