import type { Credential } from '../facts/credential.ts';
import type { Facts } from '../facts/facts.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Requirement } from '../facts/requirement.ts';
import type { CoreElement } from '../plan/core/elements.ts';

/** A question over some credentials, with the facts that it is about. */
interface Question {
  readonly facts: Facts;
  readonly credentials: readonly string[];
  readonly terms: PlanTerms;
}

/** Every requirement of a tree, changed from the leaves up. */
function changed(requirement: Requirement, change: (one: Requirement) => Requirement): Requirement {
  if ('of' in requirement && (requirement.node === 'ALL' || requirement.node === 'ANY' || requirement.node === 'K_OF')) {
    return change({ ...requirement, of: requirement.of.map((child) => changed(child, change)) });
  }
  if (requirement.node === 'AT_MOST') return change({ ...requirement, within: changed(requirement.within, change) as typeof requirement.within });
  if (requirement.node !== 'IF') return change(requirement);
  const [then, otherwise] = [changed(requirement.then, change), requirement.otherwise && changed(requirement.otherwise, change)];
  return change({ ...requirement, then, ...(otherwise && { otherwise }) });
}

/** Met in any case, with the place for its credit kept: any of itself or of something that asks for nothing. */
function notAsked(one: Requirement): Requirement {
  if (one.node === 'MANUAL') return one;
  if (one.node === 'AT_MOST') return { ...one, max: 1_000_000_000 };
  if (one.node === 'CREDITS' || one.node === 'COUNT' || one.node === 'DISTINCT') return { ...one, min: 0 };
  return { node: 'ANY', id: `not asked: ${one.id}`, of: [one, { node: 'K_OF', id: `nothing: ${one.id}`, k: 0, of: [] }] };
}

function credentialWithout(credential: Credential, out: readonly CoreElement[]): Credential {
  let left = credential;
  for (const one of out) {
    if (!('credential' in one) || one.credential !== credential.id) continue;
    if (one.element === 'REQUIREMENT') left = { ...left, requirement: changed(left.requirement, (each) => (each.id === one.id ? notAsked(each) : each)) };
    if (one.element === 'LIMIT') left = { ...left, limits: left.limits!.filter(({ id }) => id !== one.id) };
    if (one.element === 'USES') left = { ...left, sharing: { across: left.sharing?.across, maxUses: 1_000 } };
    if (one.element === 'SHARE_CAP') {
      const cap = credential.sharing!.across![one.index]!;
      // With the one that it names, the cap for all others does not hold in its stead.
      const instead = cap.with === undefined ? [] : [{ with: cap.with, max: 1_000_000_000 }];
      const across = left.sharing!.across!.flatMap((each) => (each === cap ? instead : [each]));
      left = { ...left, sharing: { ...left.sharing!, across } };
    }
  }
  return left;
}

/** The same question without some of what it asks for, as the model says what that means. */
export function leftOut<Asked extends Question>(question: Asked, out: readonly CoreElement[]): Asked {
  const { terms, facts } = question;
  const isOut = (element: string, what: string): boolean =>
    out.some((one) => one.element === element && Object.entries(one).some(([name, value]) => name !== 'element' && value === what));
  const without = (kind: 'FORCED' | 'FORBIDDEN', ids: readonly string[] = []) => ids.filter((id) => !isOut(kind, id));
  return {
    ...question,
    facts: { ...facts, credentials: facts.credentials.map((one) => credentialWithout(one, out)) },
    terms: {
      objectives: terms.objectives,
      budgets: Object.fromEntries(Object.entries(terms.budgets ?? {}).filter(([objective]) => !isOut('BUDGET', objective))),
      ...(terms.issuers && !isOut('FILTER', 'issuers') && { issuers: terms.issuers }),
      ...(terms.deliveries && !isOut('FILTER', 'deliveries') && { deliveries: terms.deliveries }),
      ...(terms.regions && !isOut('FILTER', 'regions') && { regions: terms.regions }),
      forced: without('FORCED', terms.forced),
      forbidden: without('FORBIDDEN', terms.forbidden),
    },
  };
}
