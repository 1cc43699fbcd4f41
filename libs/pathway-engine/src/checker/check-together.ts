import type { CredentialVersion } from '../facts/credential.ts';
import type { Facts, Placement, Situation, Verdict } from '../facts/facts.ts';
import type { PlanTerms, Totals } from '../facts/question.ts';
import type { CheckFault, PlacedCredit } from './check-assignment.ts';
import { checkPlan } from './check-plan.ts';
import type { CheckedPlan } from './check-plan.ts';
import { judgingVersion } from './judging-version.ts';

/** A plan for several credentials, checked for each; with the share caps that are broken, by the id of the credential that has them. */
export interface CheckedTogether {
  readonly verdict: Verdict;
  readonly faults: readonly CheckFault[];
  readonly credentials: Readonly<Record<string, CheckedPlan>>;
}

/** One credential with the assignment that is claimed for it. */
export interface Claim {
  readonly credential: string;
  readonly assignment: readonly Placement[];
}

const creditOf = (pieces: readonly PlacedCredit[]): number => pieces.reduce((total, { credits }) => total + credits, 0);

function brokenCaps({ id, sharing }: CredentialVersion, placed: ReadonlyMap<string, readonly PlacedCredit[]>): CheckFault[] {
  const own = placed.get(id)!;
  const across = sharing?.across ?? [];
  return across.flatMap((cap): CheckFault[] =>
    [...placed].flatMap(([other, pieces]): CheckFault[] => {
      // With one that a cap names, the cap for all others does not hold.
      const holdsWith = cap.with ?? (across.some((named) => named.with === other) ? undefined : other);
      if (other === id || holdsWith !== other) return [];
      const shared = creditOf(own.filter((piece) => pieces.some(({ units }) => units.some((unit) => piece.units.includes(unit)))));
      const holds = 'max' in cap ? shared <= cap.max : shared * 10_000 <= cap.share * creditOf(own);
      return holds ? [] : [{ code: 'SHARED_TOO_MUCH', about: `${id} with ${other}` }];
    }),
  );
}

/** Checks a plan for several credentials, which is what the situation has planned: for each as by itself, and the share caps between them. */
export function checkTogether(facts: Facts, claims: readonly Claim[], situation: Situation, terms: PlanTerms, claimedTotals: Totals): CheckedTogether {
  const checked = claims.map(({ credential, assignment }) => {
    return { id: credential, plan: checkPlan(facts, credential, situation, terms, assignment, claimedTotals) };
  });
  const placed = new Map(checked.map(({ id, plan }) => [id, plan.placed]));
  const faults = [
    ...checked.flatMap(({ plan }) => plan.faults),
    ...facts.credentials.filter(({ id }) => placed.has(id)).flatMap((credential) => brokenCaps(judgingVersion(credential, situation.asOf), placed)),
  ];
  const verdicts = checked.map(({ plan }) => plan.verdict);
  const whole = verdicts.every((verdict) => verdict === 'COMPLETE') ? 'COMPLETE' : 'COMPLETE_EXCEPT_MANUAL';
  const verdict = faults.length > 0 || verdicts.includes('INCOMPLETE') ? 'INCOMPLETE' : whole;
  return { verdict, faults, credentials: Object.fromEntries(checked.map(({ id, plan }) => [id, plan])) };
}
