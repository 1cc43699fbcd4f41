import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Filter, Leaf, Requirement, Sections } from '../../facts/requirement.ts';
import * as make from '../builders.ts';
import type { Chance } from './chance.ts';
import { areas, issuers, subjects } from './random-micro-credentials.ts';

/** Something that credit can be aimed at: a course, or what a filter takes. */
export interface Aim {
  readonly id: string;
  readonly course?: string;
  readonly from?: Filter;
  readonly microCredential?: string;
}

/** A tree that is being made: it gives out ids, and remembers where credit is wanted. */
interface Growth {
  readonly chance: Chance;
  readonly microCredentials: readonly MicroCredential[];
  readonly nextId: (kind: string) => string;
  readonly aims: Aim[];
}

function randomFilter({ chance, microCredentials }: Growth): Filter {
  const kinds: (() => Filter)[] = [
    () => ({ subjects: [chance.pick(subjects)] }),
    () => ({ subjects: chance.some(subjects, 2) }),
    () => ({ subjects: chance.some(subjects, 2), minLevel: 200 }),
    () => ({ maxLevel: 200, areas: chance.some(areas, 2) }),
    () => ({ areas: chance.some(areas, 3) }),
    () => ({ courses: ['C0', 'C1', 'C2', 'C3'] }),
    () => ({ microCredentials: chance.some(microCredentials, 4).map(({ id }) => id) }),
    () => ({ issuers: chance.some(issuers, 2) }),
    () => ({ issuers: ['S', 'T'], subjects: chance.some(subjects, 2) }),
    () => ({}),
  ];
  return chance.pick(kinds)();
}

function sectionsOf(growth: Growth): Sections {
  const { chance, nextId, aims } = growth;
  const [id, number] = [nextId('sections'), chance.between(2, 3)];
  const filters = Object.fromEntries(Array.from({ length: number }, () => [nextId('section'), randomFilter(growth)]));
  aims.push(...Object.entries(filters).map(([section, from]) => ({ id: section, from })));
  const each = chance.pick([100, 200, 300]);
  const min = chance.between(1, number - 1);
  return make.sections(id, { min, most: chance.between(min, number), each, total: each * min + chance.pick([0, 100, 200]) }, filters);
}

function countingLeaf(growth: Growth): Requirement {
  const { chance, nextId, aims } = growth;
  const [id, from] = [nextId('leaf'), randomFilter(growth)];
  aims.push({ id, from });
  if (chance.is(0.25)) return make.distinct(id, chance.pick(['SUBJECT', 'AREA', 'TERM'] as const), chance.between(1, 2), from);
  const leaf = chance.is(0.65) ? make.credits(id, chance.pick([300, 300, 450, 600]), from) : make.count(id, chance.between(1, 2), from);
  if (!chance.is(0.25)) return leaf;
  const within = make.atMost(nextId('atMost'), leaf.node === 'CREDITS' ? chance.pick([150, 300]) : 1, randomFilter(growth), leaf);
  return chance.is(0.3) ? make.atMost(nextId('atMost'), leaf.node === 'CREDITS' ? 300 : 1, randomFilter(growth), within) : within;
}

function leafOf(growth: Growth): Requirement {
  const { chance, nextId, aims, microCredentials } = growth;
  if (chance.is(0.4)) {
    const leaf: Leaf = make.course(`C${chance.between(0, 5)}`, nextId('course'));
    aims.push({ id: leaf.id, course: leaf.course });
    return leaf;
  }
  if (chance.is(0.2)) {
    const { id } = chance.pick(microCredentials);
    const leaf = make.cred(nextId('cred'), id, { ...(chance.is(0.4) && { minGrade: 6_500 }), ...(chance.is(0.3) && { maxAgeMonths: 24 }) });
    aims.push({ id: leaf.id, microCredential: id });
    return leaf;
  }
  return chance.is(0.15) ? sectionsOf(growth) : countingLeaf(growth);
}

function branchOf(growth: Growth, leaves: number, depth: number): Requirement {
  const { chance, nextId } = growth;
  if (leaves <= 1 || depth > 3) return leafOf(growth);
  const parts = Math.min(leaves, chance.between(2, 3));
  const sizes = Array.from({ length: parts }, (_, index) => Math.floor(leaves / parts) + (index < leaves % parts ? 1 : 0));
  const of = sizes.map((size) => branchOf(growth, size, depth + 1));
  if (chance.is(0.4)) return make.all(nextId('all'), ...of);
  if (chance.is(0.5)) return make.kOf(nextId('kOf'), chance.between(1, parts), ...of);
  if (chance.is(0.5)) return make.any(nextId('any'), ...of);
  const [then, otherwise] = [of[0]!, chance.is(0.7) ? of[1] : undefined];
  const branch = make.when(nextId('if'), chance.pick(['admitted', 'member']), then, otherwise);
  return of[2] ? make.all(nextId('all'), branch, of[2]) : branch;
}

/** A tree of about so many leaves over all kinds of nodes, and what credit could be aimed at in it. */
export function randomTree(chance: Chance, microCredentials: readonly MicroCredential[], leaves: number): { root: Requirement; aims: readonly Aim[] } {
  const numbers = new Map<string, number>();
  const nextId = (kind: string) => {
    numbers.set(kind, (numbers.get(kind) ?? 0) + 1);
    return `${kind}-${numbers.get(kind)}`;
  };
  const growth: Growth = { chance, microCredentials, nextId, aims: [] };
  const top = Math.min(leaves, chance.between(2, 4));
  const sizes = Array.from({ length: top }, (_, index) => Math.floor(leaves / top) + (index < leaves % top ? 1 : 0));
  const of = sizes.map((size) => branchOf(growth, size, 1));
  if (chance.is(0.12)) of.push(make.manual(nextId('manual')));
  return { root: make.all('root', ...of), aims: growth.aims };
}
