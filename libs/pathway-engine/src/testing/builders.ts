import type { Agreement } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import type { Credential } from '../facts/credential.ts';
import { dayOf } from '../facts/day.ts';
import type { Facts, Placement, Situation } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type * as tree from '../facts/requirement.ts';

/** The day on which the situations of tests ask. */
export const today = dayOf('2026-09-01');

/** Facts, of which nothing that is not said exists. */
export const facts = (some: Partial<Facts>): Facts => ({ microCredentials: [], agreements: [], credentials: [], ...some });

/** A situation on `today` in which nothing is held that is not said. */
export const situation = (some: Partial<Situation> = {}): Situation => ({ held: [], asOf: today, ...some });

/** A micro-credential of three credits from the institution `S`, always offered. */
export const microCredential = (some: Partial<MicroCredential> & { id: string }): MicroCredential => {
  return { issuer: 'S', credits: 300, minutes: 600, cost: 10_000, terms: 1, offeredFrom: 0, offeredUntil: null, ...some };
};

/** An agreement by which `R` recognises what `S` gave, valid for ever. */
export const agreement = (some: Partial<Agreement> & { id: string }): Agreement => {
  return { kind: 'ASSIGNED', sender: 'S', receiver: 'R', from: [], grants: [], validFrom: 0, validUntil: null, priority: 0, recordedOn: 0, ...some };
};

/** An agreement that gives one course for one micro-credential. */
export const assigned = (id: string, from: string, course: string, some: Partial<Agreement> = {}): Agreement =>
  agreement({ id, from: [{ microCredential: from }], grants: [{ course, credits: 300 }], ...some });

/** The certificate `cert` of the institution `R`. */
export const credential = (requirement: tree.Requirement, some: Partial<Credential> = {}): Credential => {
  return { id: 'cert', institution: 'R', name: 'Certificate', type: 'CERTIFICATE', requirement, validFrom: 0, validUntil: null, ...some };
};

/** A completion of a year before `today`. */
export const held = (micro: string, some: Partial<Completion> = {}): Completion => {
  return { microCredential: micro, completedOn: dayOf('2025-09-01'), ...some };
};

/** A grant of an agreement in a place. */
export const grantAt = (place: string, agreementId: string, grant = 0): Placement => ({ source: { agreement: agreementId, grant }, place });

/** A micro-credential itself in a place. */
export const directAt = (place: string, micro: string): Placement => ({ source: { microCredential: micro }, place });

/** A COURSE leaf, which is named like its course unless said otherwise. */
export const course = (text: string, id = text): tree.CourseLeaf => ({ node: 'COURSE', id, course: text });

/** A CRED leaf. */
export const cred = (id: string, micro: string, some: Partial<tree.CredentialLeaf> = {}): tree.CredentialLeaf => {
  return { node: 'CRED', id, microCredential: micro, ...some };
};

/** A CREDITS leaf. */
export const credits = (id: string, min: number, from: tree.Filter = {}): tree.CreditsLeaf => ({ node: 'CREDITS', id, min, from });

/** A COUNT leaf. */
export const count = (id: string, min: number, from: tree.Filter = {}): tree.CountLeaf => ({ node: 'COUNT', id, min, from });

/** A DISTINCT leaf. */
export const distinct = (id: string, by: tree.DistinctLeaf['by'], min: number, from: tree.Filter = {}): tree.DistinctLeaf => {
  return { node: 'DISTINCT', id, by, min, from };
};

/** A MANUAL leaf. */
export const manual = (id: string): tree.ManualLeaf => ({ node: 'MANUAL', id, text: 'Somebody looks.' });

/** All of these requirements. */
export const all = (id: string, ...of: tree.Requirement[]): tree.AllOf => ({ node: 'ALL', id, of });

/** Any one of these requirements. */
export const any = (id: string, ...of: tree.Requirement[]): tree.AnyOf => ({ node: 'ANY', id, of });

/** So many of these requirements. */
export const kOf = (id: string, k: number, ...of: tree.Requirement[]): tree.KOf => ({ node: 'K_OF', id, k, of });

/** Sections, by their ids. */
export const sections = (
  id: string,
  asked: Pick<tree.Sections, 'min' | 'most' | 'each' | 'total'>,
  filters: Readonly<Record<string, tree.Filter>>,
): tree.Sections => {
  return { node: 'SECTIONS', id, ...asked, of: Object.entries(filters).map(([section, from]) => ({ id: section, from })) };
};

/** No more than so much of what the filter takes. */
export const atMost = (id: string, max: number, of: tree.Filter, within: tree.AtMost['within']): tree.AtMost => ({ node: 'AT_MOST', id, max, of, within });

/** One requirement or another, by what is declared. */
export const when = (id: string, declares: string, then: tree.Requirement, otherwise?: tree.Requirement): tree.If => {
  return { node: 'IF', id, declares, then, otherwise };
};
