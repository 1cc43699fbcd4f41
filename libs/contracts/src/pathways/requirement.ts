import { Ctid, StorableText } from '@mcr/event-kit';
import { z } from 'zod';

const MAX_LEVELS = 10;
const MAX_REQUIREMENTS = 200;

const Id = StorableText.trim().min(1).max(64);
const Code = StorableText.trim().min(1).max(40);
const Words = StorableText.trim().min(1).max(300);
const CourseLevel = z.int().min(100).max(900);
/** Multiples of 0.01. */
const Credits = z.number().positive().max(600).multipleOf(0.01);
/** Percent, in multiples of 0.01. */
const Percent = z.number().min(0).max(100).multipleOf(0.01);
const Count = z.int().min(1).max(MAX_REQUIREMENTS);

/** Which credit a requirement takes. What is not said is not asked; an empty filter takes everything. */
export interface RequirementFilter {
  readonly subjects?: readonly string[];
  readonly minLevel?: number;
  readonly maxLevel?: number;
  /** Two-digit series of CIP 2021; any one of these. */
  readonly areas?: readonly string[];
  readonly courses?: readonly string[];
  readonly microCredentials?: readonly string[];
  /** CTIDs of institutions. */
  readonly issuers?: readonly string[];
}

type Named<Node extends string, Members> = { readonly node: Node; readonly id: string; readonly title?: string } & Readonly<Members>;
type Many = { of: readonly Requirement[] };

/** What a credential asks for, as a tree. The nodes are those of `libs/pathway-engine`; credits are credits, grades are percent. */
export type Requirement =
  | Named<'COURSE', { course: string }>
  | Named<'CRED', { microCredential: string; minGrade?: number; maxAgeMonths?: number }>
  | CreditsRequirement
  | CountRequirement
  | Named<'DISTINCT', { by: 'SUBJECT' | 'AREA' | 'TERM'; min: number; from: RequirementFilter }>
  | Named<'MANUAL', { text: string }>
  | Named<'ALL', Many>
  | Named<'ANY', Many>
  | Named<'K_OF', Many & { k: number }>
  | Named<'SECTIONS', { min: number; most: number; each: number; total: number; sections: readonly RequirementSection[] }>
  | AtMostRequirement
  | Named<'IF', { declares: string; then: Requirement; otherwise?: Requirement }>;
type CreditsRequirement = Named<'CREDITS', { min: number; from: RequirementFilter }>;
type CountRequirement = Named<'COUNT', { min: number; from: RequirementFilter }>;
type AtMostRequirement = Named<'AT_MOST', { max: number; from: RequirementFilter; within: CreditsRequirement | CountRequirement | AtMostRequirement }>;
export type RequirementSection = { readonly id: string; readonly title?: string; readonly from: RequirementFilter };

export const RequirementNode = z.enum(['COURSE', 'CRED', 'CREDITS', 'COUNT', 'DISTINCT', 'MANUAL', 'ALL', 'ANY', 'K_OF', 'SECTIONS', 'AT_MOST', 'IF']);

/** By what a DISTINCT tells pieces of credit apart. */
export const DistinctBy = z.enum(['SUBJECT', 'AREA', 'TERM']);

const listOf = (item: z.ZodType<string>) => z.array(item).min(1).max(100).optional();

/** Commands are strict; events pass over what a later release added. */
type ObjectOf = typeof z.strictObject | typeof z.object;

function filterWith(object: ObjectOf) {
  return object({
    subjects: listOf(Code),
    minLevel: CourseLevel.optional(),
    maxLevel: CourseLevel.optional(),
    areas: listOf(Code),
    courses: listOf(Code),
    microCredentials: listOf(Ctid),
    issuers: listOf(Ctid),
  });
}

function treeWith(object: ObjectOf, from: ReturnType<typeof filterWith>, id: string): z.ZodType<Requirement> {
  const named = { id: Id, title: Words.optional() };
  const tree: z.ZodType<Requirement> = z.lazy(() => z.discriminatedUnion('node', [...leaves, ...composed])).meta({ id });
  const of = z.array(tree).min(1).max(MAX_REQUIREMENTS);
  const credits = object({ node: z.literal('CREDITS'), ...named, min: Credits, from });
  const count = object({ node: z.literal('COUNT'), ...named, min: Count, from });
  const leaves = [
    credits,
    count,
    object({ node: z.literal('COURSE'), ...named, course: Code }),
    object({ node: z.literal('CRED'), ...named, microCredential: Ctid, minGrade: Percent.optional(), maxAgeMonths: z.int().min(1).max(1200).optional() }),
    object({ node: z.literal('DISTINCT'), ...named, by: DistinctBy, min: Count, from }),
    object({ node: z.literal('MANUAL'), ...named, text: Words }),
  ] as const;
  const section = object({ ...named, from });
  const sections = z.array(section).min(1).max(50);
  const within: z.ZodType<AtMostRequirement['within']> = z.lazy(() => z.discriminatedUnion('node', [credits, count, atMost])).meta({ id: `${id}Within` });
  const atMost = object({ node: z.literal('AT_MOST'), ...named, max: z.number().min(0).max(600).multipleOf(0.01), from, within });
  const composed = [
    object({ node: z.literal('ALL'), ...named, of }),
    object({ node: z.literal('ANY'), ...named, of }),
    object({ node: z.literal('K_OF'), ...named, k: Count, of }),
    object({ node: z.literal('SECTIONS'), ...named, min: Count, most: Count, each: Credits, total: Credits, sections }),
    atMost,
    object({ node: z.literal('IF'), ...named, declares: Code, then: tree, otherwise: tree.optional() }),
  ] as const;
  return tree;
}

const below = (node: unknown): unknown[] => {
  if (node === null || typeof node !== 'object') return [];
  const { of, then, otherwise, within } = node as Record<string, unknown>;
  return [...(Array.isArray(of) ? (of as unknown[]) : []), then, otherwise, within].filter((child) => child !== undefined);
};

/** Looked at level by level before anything else, so that no input is too deep to be looked at. */
function isSmallTree(root: unknown): boolean {
  let [level, levels, requirements] = [[root], 0, 0];
  while (level.length > 0) {
    [levels, requirements] = [levels + 1, requirements + level.length];
    if (levels > MAX_LEVELS || requirements > MAX_REQUIREMENTS) return false;
    level = level.flatMap(below);
  }
  return true;
}

const tooLarge = { error: `A requirement has at most ${MAX_LEVELS} levels and ${MAX_REQUIREMENTS} requirements in all.`, abort: true };

/** As events carry it. */
export const PublishedRequirement = treeWith(z.object, filterWith(z.object), 'Requirement');
export const RequirementFilterInput = filterWith(z.strictObject);
/** As somebody proposes it. */
export const RequirementInput = z
  .unknown()
  .refine(isSmallTree, tooLarge)
  .pipe(treeWith(z.strictObject, RequirementFilterInput, 'RequirementInput'));

export const PathwayLimitKind = z.enum(['RESIDENCY', 'LEVEL', 'TOTAL', 'GPA', 'CAP']);

function limitWith(object: ObjectOf) {
  return z.discriminatedUnion('limit', [
    object({ id: Id, limit: z.literal('RESIDENCY'), min: Credits }),
    object({ id: Id, limit: z.literal('LEVEL'), min: Credits, level: CourseLevel }),
    object({ id: Id, limit: z.literal('TOTAL'), min: Credits }),
    object({ id: Id, limit: z.literal('GPA'), min: Percent }),
    object({ id: Id, limit: z.literal('CAP'), bucket: Id, max: z.number().min(0).max(600).multipleOf(0.01) }),
  ]);
}

/** What holds for all credit that is counted together, with an id for answers. Credits; GPA: percent. */
export const PublishedLimit = limitWith(z.object);
export const LimitInput = limitWith(z.strictObject);
export type PathwayLimit = z.infer<typeof PublishedLimit>;

function shareCapWith(object: ObjectOf) {
  return object({
    /** The CTID of the other pathway; absent: every other one that no cap names. */
    with: Ctid.optional(),
    credits: z.number().min(0).max(600).multipleOf(0.01).optional(),
    /** Of all credit that this pathway counts. */
    percent: Percent.optional(),
  });
}

const oneAmount = { error: 'Say credits or percent, one of them.' };
/** How much of what a pathway counts may stand on learning that another pathway counts too. */
export const PublishedShareCap = shareCapWith(z.object);
export const ShareCapInput = shareCapWith(z.strictObject).refine(({ credits, percent }) => (credits === undefined) !== (percent === undefined), oneAmount);
export type PathwayShareCap = z.infer<typeof PublishedShareCap>;

function sharingWith(object: ObjectOf, cap: z.ZodType<PathwayShareCap>) {
  return object({
    maxUses: z.int().min(1).max(10),
    /** Pairs of requirements that may share a piece of credit; where it is given, no others do. */
    together: z.array(z.array(Id).length(2)).max(200).optional(),
    /** Share caps with other pathways, each once; without any, learning may count for this one and for others. */
    across: z.array(cap).max(50).optional(),
  });
}

/** How often one piece of credit may be used, in this pathway (once where nothing is said) and beside others. */
export const PublishedSharing = sharingWith(z.object, PublishedShareCap);
export const SharingInput = sharingWith(z.strictObject, ShareCapInput);
export type PathwaySharing = z.infer<typeof PublishedSharing>;
