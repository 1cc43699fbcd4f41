import type { Agreement, AgreementKind, Grant } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import { type CredentialVersion, versionOn } from '../facts/credential.ts';
import type { Day } from '../facts/day.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import type { Centicredits, Grade } from '../facts/measures.ts';
import type { Requirement } from '../facts/requirement.ts';
import { changed, without } from './change-tree.ts';

/** What would have to be otherwise: about the learner first, then about agreements, then about the credential. */
export type Fix =
  /** It is completed (again) on that day, with the grade it had; the earlier completions count no more. */
  | { readonly fix: 'COMPLETE'; readonly microCredential: string; readonly completedOn: Day }
  /** Its suspension ends. */
  | { readonly fix: 'REINSTATE'; readonly microCredential: string }
  | { readonly fix: 'GRADE'; readonly microCredential: string; readonly atLeast?: Grade; readonly atMost?: Grade }
  /** These are taken too. */
  | { readonly fix: 'HOLD'; readonly microCredentials: readonly string[] }
  | { readonly fix: 'DECLARE'; readonly declares: string }
  /** These are not held: what they filled is free. */
  | { readonly fix: 'REMOVE'; readonly microCredentials: readonly string[] }
  /** Somebody at the receiver looks, and grants this. */
  | { readonly fix: 'ASK'; readonly agreement: string; readonly grants: readonly Grant[] }
  /** Somebody looks, and takes the micro-credential for the requirement. */
  | { readonly fix: 'ASK'; readonly credential: string; readonly requirement: string; readonly microCredential: string }
  /** An agreement is made. */
  | { readonly fix: 'AGREEMENT'; readonly agreement: Agreement }
  /** An agreement that there is says this instead. */
  | { readonly fix: 'AMEND'; readonly agreement: string; readonly to: Partial<Agreement> }
  /** The micro-credential carries credit. */
  | { readonly fix: 'CREDIT'; readonly microCredential: string; readonly credits: Centicredits }
  /** The credential's limit or AT_MOST of this id asks for no more than `min`, or lets `max` count. */
  | { readonly fix: 'LIMIT'; readonly credential: string; readonly limit: string; readonly min?: number; readonly max?: number }
  /** The credential lets a piece be used so often, and at these places together. */
  | { readonly fix: 'SHARE'; readonly credential: string; readonly maxUses: number; readonly together: readonly (readonly [string, string])[] }
  /** The credential takes the micro-credential itself at this leaf or section. */
  | { readonly fix: 'ADMIT'; readonly credential: string; readonly requirement: string; readonly microCredential: string }
  /** The credential does not ask for this requirement or section, which takes what is wanted elsewhere. */
  | { readonly fix: 'DROP'; readonly credential: string; readonly requirement: string };

/** What a question is asked of. */
export interface World {
  readonly facts: Facts;
  readonly situation: Situation;
}

/** The facts and the situation as a fix would make them; the given ones stay as they are. */
export function applyFix(facts: Facts, situation: Situation, fix: Fix): World {
  if ('requirement' in fix || fix.fix === 'LIMIT' || fix.fix === 'SHARE') return { facts: withCredential(facts, situation.asOf, fix), situation };
  switch (fix.fix) {
    case 'ASK':
      return { facts: amended(facts, fix.agreement, { kind: kindOf('ASSIGNED', fix.grants), grants: fix.grants }), situation };
    case 'AMEND':
      return { facts: amended(facts, fix.agreement, fix.to), situation };
    case 'AGREEMENT':
      return { facts: { ...facts, agreements: [...facts.agreements.filter(({ id }) => id !== fix.agreement.id), fix.agreement] }, situation };
    case 'CREDIT':
      return {
        facts: { ...facts, microCredentials: facts.microCredentials.map((one) => (one.id === fix.microCredential ? { ...one, credits: fix.credits } : one)) },
        situation,
      };
    default:
      return { facts, situation: withLearner(situation, fix) };
  }
}

/** The kind of an agreement that grants this: as it is, if that may be. */
export function kindOf(kind: AgreementKind, grants: readonly Grant[]): AgreementKind {
  if (kind === 'PLAR' || kind === 'BLOCK' || kind === 'STACK') return kind;
  if (grants.every(({ course }) => course !== undefined)) return namesCourses.includes(kind) ? kind : 'ASSIGNED';
  return grants.some(({ course, waives }) => course !== undefined || waives !== undefined) ? 'BLOCK' : 'UNASSIGNED';
}

const namesCourses: readonly AgreementKind[] = ['ASSIGNED', 'CLUSTER', 'CONDITIONAL'];

type LearnerFix = Extract<Fix, { fix: 'COMPLETE' | 'REINSTATE' | 'GRADE' | 'HOLD' | 'DECLARE' | 'REMOVE' }>;

function withLearner(situation: Situation, fix: LearnerFix): Situation {
  const { held, planned = [], declares = [] } = situation;
  const change = (id: string, one: (completion: Completion) => Completion): Situation => ({
    ...situation,
    held: held.map((completion) => (completion.microCredential === id ? one(completion) : completion)),
  });
  switch (fix.fix) {
    case 'DECLARE':
      return { ...situation, declares: [...declares, fix.declares] };
    case 'HOLD':
      return { ...situation, planned: [...planned, ...fix.microCredentials] };
    case 'REMOVE': {
      const stays = (id: string): boolean => !fix.microCredentials.includes(id);
      return { ...situation, held: held.filter(({ microCredential }) => stays(microCredential)), planned: planned.filter(stays) };
    }
    case 'REINSTATE':
      return change(fix.microCredential, (one) => (one.status === 'SUSPENDED' ? { ...one, status: 'ACTIVE' } : one));
    case 'GRADE': {
      const { atLeast = -Infinity, atMost = Infinity } = fix;
      return change(fix.microCredential, (one) => ({
        ...one,
        grade: Math.min(atMost, Math.max(atLeast, one.grade ?? (atLeast === -Infinity ? atMost : atLeast))),
      }));
    }
    case 'COMPLETE':
      return change(fix.microCredential, ({ expiresOn: _expired, status: _status, ...one }) => ({ ...one, completedOn: fix.completedOn }));
  }
}

const amended = (facts: Facts, id: string, to: Partial<Agreement>): Facts => ({
  ...facts,
  agreements: facts.agreements.map((one) => (one.id === id ? { ...one, ...to } : one)),
});

type CredentialFix = Extract<Fix, { requirement: string } | { fix: 'LIMIT' | 'SHARE' }>;

/** What is changed is the version of the day; the others stay as they are. */
const withCredential = (facts: Facts, day: Day, fix: CredentialFix): Facts => ({
  ...facts,
  credentials: facts.credentials.map((one) => {
    if (one.id !== fix.credential) return one;
    const judging = versionOn<CredentialVersion>(one, day);
    if (judging === one) return changedCredential(one, fix);
    return { ...one, earlier: one.earlier!.map((version) => (version === judging ? changedCredential(version, fix) : version)) };
  }),
});

function changedCredential<Version extends CredentialVersion>(credential: Version, fix: CredentialFix): Version {
  const { requirement, limits = [], sharing } = credential;
  const tree = (change: (one: Requirement) => Requirement): Version => ({ ...credential, requirement: changed(requirement, change) });
  switch (fix.fix) {
    case 'ASK':
      return tree((one) => (one.id === fix.requirement ? { node: 'CRED', id: one.id, microCredential: fix.microCredential } : one));
    case 'DROP':
      return { ...credential, requirement: without(requirement, fix.requirement) ?? requirement };
    case 'SHARE':
      return { ...credential, sharing: { maxUses: fix.maxUses, ...(sharing?.together && { together: [...sharing.together, ...fix.together] }) } };
    case 'LIMIT': {
      const bounds = { ...(fix.min !== undefined && { min: fix.min }), ...(fix.max !== undefined && { max: fix.max }) };
      const inTree = tree((one) => (one.id === fix.limit && one.node === 'AT_MOST' && fix.max !== undefined ? { ...one, max: fix.max } : one));
      return { ...inTree, limits: limits.map((one) => (one.id === fix.limit ? { ...one, ...bounds } : one)) };
    }
    case 'ADMIT': {
      const admitting = <Leaf extends { readonly id: string; readonly from: { readonly microCredentials?: readonly string[] } }>(leaf: Leaf): Leaf =>
        leaf.id === fix.requirement ? { ...leaf, from: { microCredentials: [...(leaf.from.microCredentials ?? []), fix.microCredential] } } : leaf;
      return tree((one) => {
        if (one.node === 'SECTIONS') return { ...one, of: one.of.map(admitting) };
        if (one.node !== 'CRED' || one.id !== fix.requirement) return 'from' in one ? admitting(one) : one;
        return { node: 'COUNT', id: one.id, min: 1, from: { microCredentials: [one.microCredential, fix.microCredential] } };
      });
    }
  }
}
