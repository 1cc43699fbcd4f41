import type { Centicredits, Grade } from './measures.ts';

/** Which credit a leaf takes. What is not said is not asked; an empty filter takes everything. */
export interface Filter {
  readonly subjects?: readonly string[];
  readonly minLevel?: number;
  readonly maxLevel?: number;
  /** Any one of these. */
  readonly areas?: readonly string[];
  readonly courses?: readonly string[];
  readonly microCredentials?: readonly string[];
  readonly issuers?: readonly string[];
}

interface Named {
  /** Unique within the credential. Agreements may waive it, and answers name it. */
  readonly id: string;
  readonly title?: string;
}

/** The course itself, granted by an agreement. Takes one piece of credit. */
export type CourseLeaf = Named & { readonly node: 'COURSE'; readonly course: string };
/** The micro-credential itself (or a same one), held and not expired. Takes one piece of credit. */
export type CredentialLeaf = Named & {
  readonly node: 'CRED';
  readonly microCredential: string;
  readonly minGrade?: Grade;
  readonly maxAgeMonths?: number;
};
/** So many credits, pieces, or different values, of what the filter takes. Takes as many pieces as there are. */
export type CreditsLeaf = Named & { readonly node: 'CREDITS'; readonly min: Centicredits; readonly from: Filter };
export type CountLeaf = Named & { readonly node: 'COUNT'; readonly min: number; readonly from: Filter };
export type DistinctLeaf = Named & { readonly node: 'DISTINCT'; readonly by: 'SUBJECT' | 'AREA' | 'TERM'; readonly min: number; readonly from: Filter };
/** A person has to look. Never met by itself. */
export type ManualLeaf = Named & { readonly node: 'MANUAL'; readonly text: string };

export type AllOf = Named & { readonly node: 'ALL'; readonly of: readonly Requirement[] };
export type AnyOf = Named & { readonly node: 'ANY'; readonly of: readonly Requirement[] };
export type KOf = Named & { readonly node: 'K_OF'; readonly k: number; readonly of: readonly Requirement[] };
/** At least `min` sections with `each` credits; the credits of at most `most` sections are counted, the largest ones, and must reach `total`. */
export type Sections = Named & {
  readonly node: 'SECTIONS';
  readonly min: number;
  readonly most: number;
  readonly each: Centicredits;
  readonly total: Centicredits;
  readonly of: readonly (Named & { readonly from: Filter })[];
};
/** Of what the filter takes, no more than `max` counts (credits, or pieces) in the leaf within. It lessens what counts; it never fails. */
export type AtMost = Named & { readonly node: 'AT_MOST'; readonly max: number; readonly of: Filter; readonly within: CreditsLeaf | CountLeaf | AtMost };
/** One branch or the other, by what the learner declares. Without an `otherwise` nothing is asked of others. */
export type If = Named & { readonly node: 'IF'; readonly declares: string; readonly then: Requirement; readonly otherwise?: Requirement };

export type Leaf = CourseLeaf | CredentialLeaf | CreditsLeaf | CountLeaf | DistinctLeaf | ManualLeaf;
export type Requirement = Leaf | AllOf | AnyOf | KOf | Sections | AtMost | If;
