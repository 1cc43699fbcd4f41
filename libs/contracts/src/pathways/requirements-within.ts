import type { Requirement } from './requirement.ts';

/** A requirement with where it stands in the one that it is directly within. */
export interface RequirementWithin {
  readonly path: readonly (string | number)[];
  readonly requirement: Requirement;
}

/** What stands directly within a requirement, in its order. */
export function requirementsWithin(requirement: Requirement): RequirementWithin[] {
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return requirement.of.map((child, at) => ({ path: ['of', at], requirement: child }));
    case 'AT_MOST':
      return [{ path: ['within'], requirement: requirement.within }];
    case 'IF': {
      const { then, otherwise } = requirement;
      return [{ path: ['then'], requirement: then }, ...(otherwise ? [{ path: ['otherwise'], requirement: otherwise }] : [])];
    }
    default:
      return [];
  }
}
