import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Agreement } from '../../facts/agreement.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Requirement } from '../../facts/requirement.ts';
import * as make from '../builders.ts';
import { chanceOf } from './chance.ts';
import type { Instance } from './instance.ts';

/** A row of the study: what a receiver asks for, and any of the lists of a college's courses that are taken for it. */
interface Row {
  readonly receiver: string;
  readonly group: string;
  readonly set: string;
  readonly required: number;
  readonly receiving: string;
  readonly options: readonly (readonly string[])[];
}

/** A college with its courses, their units of credit, and its rows. */
export interface College {
  readonly college: string;
  readonly courses: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
}

/** A question over real articulation, with a name for reports. */
export interface CaliforniaCase extends Instance {
  readonly name: string;
}

const file = fileURLToPath(new URL('../../../../../../shared/data/articulation/california-a-m.json', import.meta.url));

/** The colleges of the study, or undefined where its data is not there. */
export function readCalifornia(): readonly College[] | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { colleges: College[] }).colleges : undefined;
}

/** A row with the course that it stands for. Rows of a set that repeat a text are different places to fill, so each has its own course. */
interface Slot extends Row {
  readonly course: string;
}

function slotsOf({ rows }: College, receiver: string): Slot[] {
  const times = new Map<string, number>();
  return rows.filter((row) => row.receiver === receiver).map((row) => {
    const name = `${row.group} ${row.set}: ${row.receiving}`;
    times.set(name, (times.get(name) ?? 0) + 1);
    return { ...row, course: `${name} #${times.get(name)}` };
  }); // prettier-ignore
}

const nameOfTail = (tail: Iterable<string>): string => [...tail].sort().join(' + ');

/**
 * Lists of courses, and the unions of those that overlap. The study lets one course serve several rows and lists; in the model a course counts at
 * a receiver through one agreement only. So there is an agreement for every union of overlapping lists, which gives all rows that any list within
 * it serves: of what is held, the largest union wins, and it gives what the study gives.
 */
function unionsOf(tails: readonly (readonly string[])[]): ReadonlySet<string>[] {
  const known = new Map(tails.map((tail) => [nameOfTail(tail), new Set(tail)]));
  for (const [, one] of known) {
    for (const [, other] of known) {
      const union = new Set([...one, ...other]);
      const isOverlap = union.size < one.size + other.size;
      if (isOverlap && !known.has(nameOfTail(union))) known.set(nameOfTail(union), union);
    }
  }
  return [...known.values()];
}

function agreementsOf(college: College, receiver: string): Agreement[] {
  const slots = slotsOf(college, receiver);
  return unionsOf(slots.flatMap(({ options }) => options)).map((tail) => {
    const given = slots.filter(({ options }) => options.some((option) => option.every((course) => tail.has(course))));
    return make.agreement({
      id: `${college.college} > ${receiver}: ${nameOfTail(tail)}`,
      kind: tail.size > 1 ? 'CLUSTER' : 'ASSIGNED',
      sender: college.college,
      receiver,
      from: [...tail].sort().map((course) => ({ microCredential: `${college.college}: ${course}` })),
      // The study says nothing about the credit that a receiver writes down.
      grants: given.map(({ course }) => ({ course, credits: 0 })),
    });
  });
}

function treeOf(slots: readonly Slot[]): Requirement {
  const different = [...new Map(slots.map((slot) => [slot.course, slot])).values()];
  const groups = [...Map.groupBy(different, ({ group }) => group)].map(([group, inGroup]) => {
    const sets = [...Map.groupBy(inGroup, ({ set }) => set)].map(([set, inSet]) =>
      make.kOf(`${group} ${set}`, Math.max(...inSet.map(({ required }) => required)), ...inSet.map(({ course }) => make.course(course))),
    );
    return make.any(group, ...sets);
  });
  return make.all('major', ...groups);
}

/** Facts for one receiver and the courses of some colleges; the certificate has the receiver's name. A row that nothing is taken for stays open. */
export function californiaFacts(colleges: readonly College[], receiver: string): Facts {
  const microCredentials = colleges.flatMap(({ college, courses }) =>
    Object.entries(courses).map(([course, units]) => {
      const credits = Math.round(units * 100);
      return make.microCredential({ id: `${college}: ${course}`, issuer: college, credits, minutes: credits * 30, cost: credits * 46 });
    }),
  );
  const root = treeOf(colleges.flatMap((college) => slotsOf(college, receiver)));
  return make.facts({
    microCredentials,
    agreements: colleges.flatMap((college) => agreementsOf(college, receiver)),
    credentials: [make.credential(root, { id: receiver, institution: receiver, name: `Computer science at ${receiver}`, type: 'DEGREE' })],
  });
}

/** So many questions: one or two colleges, a receiver, some courses held. Undefined where the study's data is not there. */
export function californiaCases(number: number, seed: number): CaliforniaCase[] | undefined {
  const all = readCalifornia();
  const chance = chanceOf(seed);
  return all && Array.from({ length: number }, () => {
    const colleges = chance.some(all, chance.is(0.7) ? 1 : 2);
    const receiver = chance.pick([...new Set(colleges.flatMap(({ rows }) => rows.map((row) => row.receiver)))]);
    const facts = californiaFacts(colleges, receiver);
    const held = chance.some(facts.microCredentials, chance.between(0, 3)).map(({ id }) => make.held(id));
    const name = `${colleges.map(({ college }) => college).join(' and ')} > ${receiver}`;
    return { name, facts, credential: receiver, situation: make.situation({ held }), terms: {} };
  }); // prettier-ignore
}
