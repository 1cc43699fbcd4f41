import { type Requirement, requirementsWithin } from '@mcr/contracts';

/** One node of a tree with the id of the node above it. */
export type RequirementInOrder = Requirement & { readonly parent: string | null };

/** A tree as a list, parents before their children, children in their order: a document may only ask for so many levels. */
export function requirementsInOrder(requirement: Requirement, parent: string | null = null): RequirementInOrder[] {
  return [{ ...requirement, parent }, ...requirementsWithin(requirement).flatMap((child) => requirementsInOrder(child.requirement, requirement.id))];
}
