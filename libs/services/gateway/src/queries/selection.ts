import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

type Selected = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

const within = (fields: ReadonlySet<string>, { selections }: SelectionSetNode, fragments: GraphQLResolveInfo['fragments']): boolean =>
  selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return fields.has(selection.name.value) || selection.name.value === '__typename';
    const selectionSet = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value]!.selectionSet : selection.selectionSet;
    return within(fields, selectionSet, fragments);
  });

/** One answer for all nodes of a list: their field nodes are the same array. */
const answers = new WeakMap<readonly unknown[], boolean>();

/**
 * Is nothing but these fields asked for below this one? Then what the statement of the page joined is enough.
 * The answer is kept by the field's nodes, so a field must always be asked about with the same `fields`.
 */
export function asksOnlyFor(fields: ReadonlySet<string>, { fieldNodes, fragments }: Selected): boolean {
  const known = answers.get(fieldNodes);
  if (known !== undefined) return known;
  const answer = fieldNodes.every(({ selectionSet }) => selectionSet === undefined || within(fields, selectionSet, fragments));
  answers.set(fieldNodes, answer);
  return answer;
}

/** By these an institution is joined wherever it is named. */
export const INSTITUTION_NAME: ReadonlySet<string> = new Set(['ctid', 'code', 'name']);

/** By these the version that was earned is joined to its award. */
export const VERSION_NAME: ReadonlySet<string> = new Set(['ctid', 'version', 'name']);

/** These a recognition says itself of its agreement. */
export const AGREEMENT_TERMS: ReadonlySet<string> = new Set(['id', 'ctid', 'kind', 'startDate', 'endDate']);

/** By these a micro-credential is joined to an agreement. */
export const CATALOGUE_NAME: ReadonlySet<string> = new Set(['ctid', 'name']);
