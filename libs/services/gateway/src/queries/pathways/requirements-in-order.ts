import type { Requirement } from '@mcr/contracts';

/** One node of a tree with the id of the node above it. */
export type RequirementInOrder = Requirement & { readonly parent: string | null };

function partsOf(requirement: Requirement): readonly Requirement[] {
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return requirement.of;
    case 'AT_MOST':
      return [requirement.within];
    case 'IF':
      return requirement.otherwise ? [requirement.then, requirement.otherwise] : [requirement.then];
    default:
      return [];
  }
}

/** A tree as a list, parents before their children, children in their order: a document may only ask for so many levels. */
export function requirementsInOrder(requirement: Requirement, parent: string | null = null): RequirementInOrder[] {
  return [{ ...requirement, parent }, ...partsOf(requirement).flatMap((part) => requirementsInOrder(part, requirement.id))];
}
