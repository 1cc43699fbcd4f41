import type { Credential } from '../../facts/credential.ts';
import { objectives } from '../../facts/question.ts';
import type { Objective, PlanTerms } from '../../facts/question.ts';
import type { Requirement } from '../../facts/requirement.ts';

/** The filters of a question. */
export const planFilters = ['issuers', 'deliveries', 'regions'] as const;
export type PlanFilter = (typeof planFilters)[number];

/** One thing that a question asks for and that could be left out of it. USES: how often one piece of credit may be used. */
export type CoreElement =
  | { readonly element: 'REQUIREMENT' | 'LIMIT'; readonly credential: string; readonly id: string }
  | { readonly element: 'USES'; readonly credential: string }
  | { readonly element: 'SHARE_CAP'; readonly credential: string; readonly index: number }
  | { readonly element: 'BUDGET'; readonly objective: Objective }
  | { readonly element: 'FILTER'; readonly filter: PlanFilter }
  | { readonly element: 'FORCED' | 'FORBIDDEN'; readonly microCredential: string };

/**
 * All that is asked for, in the order in which it is kept: where there are several cores, the one that has what comes first. So an answer names
 * terms of the question only where the credentials alone would not be impossible.
 */
export function elementsOf(credentials: readonly Credential[], terms: PlanTerms, declares: ReadonlySet<string>): CoreElement[] {
  const { budgets = {}, forced = [], forbidden = [] } = terms;
  return [
    ...credentials.flatMap(({ id: credential, requirement }) =>
      askingIds(requirement, declares).map((id): CoreElement => ({ element: 'REQUIREMENT', credential, id })),
    ),
    ...credentials.flatMap(({ id: credential, limits = [] }) => limits.map(({ id }): CoreElement => ({ element: 'LIMIT', credential, id }))),
    ...credentials.map(({ id: credential }): CoreElement => ({ element: 'USES', credential })),
    ...credentials.flatMap(({ id: credential, sharing }) =>
      (sharing?.across ?? []).map((_, index): CoreElement => ({ element: 'SHARE_CAP', credential, index })),
    ),
    ...[...new Set(forced)].sort().map((microCredential): CoreElement => ({ element: 'FORCED', microCredential })),
    ...planFilters.flatMap((filter): CoreElement[] => (terms[filter] ? [{ element: 'FILTER', filter }] : [])),
    ...[...new Set(forbidden)].sort().map((microCredential): CoreElement => ({ element: 'FORBIDDEN', microCredential })),
    ...objectives.flatMap((objective): CoreElement[] => (budgets[objective] === undefined ? [] : [{ element: 'BUDGET', objective }])),
  ];
}

/** The ids of what asks for something itself: leaves and sections, and every AT_MOST. Of an IF only the branch that is chosen. */
function askingIds(requirement: Requirement, declares: ReadonlySet<string>): string[] {
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return requirement.of.flatMap((child) => askingIds(child, declares));
    case 'AT_MOST':
      return [requirement.id, ...askingIds(requirement.within, declares)];
    case 'IF': {
      const branch = declares.has(requirement.declares) ? requirement.then : requirement.otherwise;
      return branch ? askingIds(branch, declares) : [];
    }
    case 'MANUAL':
      return [];
    default:
      return [requirement.id];
  }
}
