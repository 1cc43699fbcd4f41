import type { Credential } from '../../facts/credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Requirement } from '../../facts/requirement.ts';
import type { CoreElement } from './elements.ts';

/** More places than a tree may have. */
const ANY_NUMBER = 100_000;

/** The credential and the terms without these elements: what is left asks for less, and whatever could be put somewhere still can. */
export function leaveOutOf(credential: Credential, out: readonly CoreElement[]): Credential {
  const own = out.filter((one) => 'credential' in one && one.credential === credential.id);
  const ids = (kind: 'REQUIREMENT' | 'LIMIT'): Set<string> => new Set(own.flatMap((one) => (one.element === kind ? [one.id] : [])));
  const [requirements, limits] = [ids('REQUIREMENT'), ids('LIMIT')];
  const caps = new Set(own.flatMap((one) => (one.element === 'SHARE_CAP' ? [one.index] : [])));
  const { sharing } = credential;
  // With the one that it names, the cap for all others would hold in its stead.
  const across = sharing?.across?.flatMap((cap, index) =>
    !caps.has(index) ? [cap] : cap.with === undefined ? [] : [{ with: cap.with, max: Number.MAX_SAFE_INTEGER }],
  );
  const isFree = own.some(({ element }) => element === 'USES');
  return {
    ...credential,
    requirement: without(credential.requirement, requirements),
    limits: credential.limits?.filter(({ id }) => !limits.has(id)),
    sharing: isFree ? { maxUses: ANY_NUMBER, across } : sharing && { ...sharing, across },
  };
}

export function leaveOutOfTerms(terms: PlanTerms, out: readonly CoreElement[]): PlanTerms {
  const left: Record<string, unknown> = { ...terms, budgets: { ...terms.budgets } };
  for (const one of out) {
    if (one.element === 'BUDGET') delete (left['budgets'] as Record<string, unknown>)[one.objective];
    if (one.element === 'FILTER') delete left[one.filter];
  }
  const named = (kind: 'FORCED' | 'FORBIDDEN'): Set<string> => new Set(out.flatMap((one) => (one.element === kind ? [one.microCredential] : [])));
  const [forced, forbidden] = [named('FORCED'), named('FORBIDDEN')];
  return { ...left, forced: terms.forced?.filter((id) => !forced.has(id)), forbidden: terms.forbidden?.filter((id) => !forbidden.has(id)) };
}

/** What is left out counts as met, and takes credit as before: for limits it still matters. */
function without(requirement: Requirement, out: ReadonlySet<string>): Requirement {
  const isOut = out.has(requirement.id);
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return { ...requirement, of: requirement.of.map((child) => without(child, out)) };
    case 'IF': {
      const { otherwise } = requirement;
      return { ...requirement, then: without(requirement.then, out), ...(otherwise && { otherwise: without(otherwise, out) }) };
    }
    case 'AT_MOST': {
      const within = without(requirement.within, out) as typeof requirement.within;
      return { ...requirement, within, ...(isOut && { max: Number.MAX_SAFE_INTEGER }) };
    }
    case 'CREDITS':
    case 'COUNT':
    case 'DISTINCT':
      return isOut ? { ...requirement, min: 0 } : requirement;
    case 'SECTIONS':
      return isOut ? { ...requirement, min: 0, total: 0 } : requirement;
    case 'COURSE':
    case 'CRED': {
      if (!isOut) return requirement;
      const id = `${requirement.id}\u0000`;
      return { node: 'ANY', id, of: [requirement, { node: 'ALL', id: `${id}\u0000`, of: [] }] };
    }
    case 'MANUAL':
      return requirement;
  }
}
