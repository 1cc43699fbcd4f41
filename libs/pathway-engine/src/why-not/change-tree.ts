import type { AtMost, Requirement } from '../facts/requirement.ts';

/** A tree with each of its requirements changed, from the leaves up. */
export function changed(requirement: Requirement, change: (one: Requirement) => Requirement): Requirement {
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return change({ ...requirement, of: requirement.of.map((child) => changed(child, change)) });
    case 'AT_MOST':
      return change({ ...requirement, within: changed(requirement.within, change) as AtMost['within'] });
    case 'IF': {
      const { then, otherwise } = requirement;
      return change({ ...requirement, then: changed(then, change), ...(otherwise && { otherwise: changed(otherwise, change) }) });
    }
    default:
      return change(requirement);
  }
}

/** A tree without a requirement or section, and without what then has nothing in it. Undefined when nothing is left. */
export function without(requirement: Requirement, id: string): Requirement | undefined {
  if (requirement.id === id) return undefined;
  switch (requirement.node) {
    case 'ALL':
    case 'ANY': {
      const of = requirement.of.flatMap((child) => without(child, id) ?? []);
      return of.length > 0 ? { ...requirement, of } : undefined;
    }
    case 'K_OF': {
      const of = requirement.of.flatMap((child) => without(child, id) ?? []);
      return of.length > 0 ? { ...requirement, of, k: Math.min(requirement.k, of.length) } : undefined;
    }
    case 'SECTIONS': {
      const of = requirement.of.filter((section) => section.id !== id);
      return of.length > 0 ? { ...requirement, of, min: Math.min(requirement.min, of.length) } : undefined;
    }
    case 'AT_MOST': {
      const within = without(requirement.within, id);
      return within && { ...requirement, within: within as AtMost['within'] };
    }
    case 'IF': {
      const [then, otherwise] = [without(requirement.then, id), requirement.otherwise && without(requirement.otherwise, id)];
      // Without its first branch only the other one is left, and is asked of everybody.
      if (!then) return otherwise;
      return { node: 'IF', id: requirement.id, declares: requirement.declares, then, ...(otherwise && { otherwise }) };
    }
    default:
      return requirement;
  }
}
