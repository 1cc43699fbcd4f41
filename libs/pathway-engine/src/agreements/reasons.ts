import type { Agreement, Condition } from '../facts/agreement.ts';
import type { Day } from '../facts/day.ts';
import type { Grade } from '../facts/measures.ts';
import type { Edge } from '../graph/graph.ts';
import type { Standing } from '../audit/situation.ts';
import type { DecidingKey } from './order.ts';
import { misfitsOf } from './fits.ts';
import type { Counted, Misfit } from './fits.ts';

/** Why an agreement gives nothing for what is held, with what would have to be otherwise. A part of the closed list of WHY_NOT. */
export type Reason =
  | { readonly code: 'NOT_YET_EFFECTIVE'; readonly microCredential: string; readonly from: Day }
  | { readonly code: 'COMPLETED_OUTSIDE_WINDOW'; readonly microCredential: string; readonly from: Day; readonly until: Day }
  | { readonly code: 'GRADE_BELOW_MIN'; readonly microCredential: string; readonly have?: Grade; readonly need: Grade }
  | { readonly code: 'GRADE_ABOVE_MAX'; readonly microCredential: string; readonly have?: Grade; readonly most: Grade }
  | { readonly code: 'STALE_DATED'; readonly microCredential: string; readonly months: number }
  | { readonly code: 'CREDENTIAL_EXPIRED'; readonly microCredential: string; readonly on: Day }
  | { readonly code: 'CLUSTER_INCOMPLETE'; readonly missing: readonly string[] }
  | { readonly code: 'CONDITION_UNMET'; readonly condition: Condition }
  | { readonly code: 'PROGRAM_SCOPE'; readonly programs: readonly string[] }
  | { readonly code: 'INDIVIDUAL_ASSESSMENT' }
  | { readonly code: 'AGREEMENT_NO_CREDIT' }
  | { readonly code: 'LOST_CONFLICT_TO'; readonly agreement: string; readonly key: DecidingKey };

/** Every reason why an agreement does not apply, of each thing those of the completion that is nearest to fitting. Empty when it applies. */
export function reasonsAgainst({ agreement, unitOf }: Edge, standing: Standing, credentialId: string | undefined): Reason[] {
  const reasons: Reason[] = [];
  if (agreement.kind === 'INDIVIDUAL_ASSESSMENT') reasons.push({ code: 'INDIVIDUAL_ASSESSMENT' });
  if (agreement.programScope && (credentialId === undefined || !agreement.programScope.includes(credentialId))) {
    reasons.push({ code: 'PROGRAM_SCOPE', programs: agreement.programScope });
  }
  for (const condition of agreement.conditions ?? []) if (!standing.declares.has(condition.declares)) reasons.push({ code: 'CONDITION_UNMET', condition });
  const missing: string[] = [];
  for (const [index, thing] of agreement.from.entries()) {
    const completions = standing.byUnit.get(unitOf[index]!) ?? [];
    if (completions.length === 0) missing.push(thing.microCredential);
    else reasons.push(...nearest(agreement, index, completions, standing.asOf));
  }
  if (missing.length > 0) reasons.push({ code: 'CLUSTER_INCOMPLETE', missing });
  return reasons;
}

/** The completion with the fewest misfits; of several the one whose grade nobody told, which may be good enough, then the latest, then the best. */
function nearest(agreement: Agreement, index: number, completions: readonly Counted[], asOf: Day): Reason[] {
  const thing = agreement.from[index]!;
  const judged = completions.map((completion) => ({ completion, misfits: misfitsOf(agreement, thing, completion, asOf) }));
  const [{ completion, misfits }] = judged.sort((a, b) => a.misfits.length - b.misfits.length || compareCounted(a.completion, b.completion)) as [
    (typeof judged)[number],
  ];
  return misfits.map((misfit) => explained(misfit, agreement, index, completion));
}

const compareCounted = (a: Counted, b: Counted): number =>
  Number(a.grade !== undefined) - Number(b.grade !== undefined) || b.completedOn - a.completedOn || (b.grade ?? 0) - (a.grade ?? 0);

function explained(misfit: Misfit, agreement: Agreement, index: number, { microCredential, grade, expiresOn }: Counted): Reason {
  const { minGrade, maxGrade } = agreement.from[index]!;
  switch (misfit) {
    case 'NOT_YET_EFFECTIVE':
      return { code: misfit, microCredential, from: agreement.validFrom };
    case 'COMPLETED_OUTSIDE_WINDOW':
      return { code: misfit, microCredential, from: agreement.validFrom, until: agreement.validUntil! };
    case 'GRADE_BELOW_MIN':
      return { code: misfit, microCredential, have: grade, need: minGrade! };
    case 'GRADE_ABOVE_MAX':
      return { code: misfit, microCredential, have: grade, most: maxGrade! };
    case 'STALE_DATED':
      return { code: misfit, microCredential, months: agreement.maxAgeMonths! };
    case 'CREDENTIAL_EXPIRED':
      return { code: misfit, microCredential, on: expiresOn! };
  }
}
