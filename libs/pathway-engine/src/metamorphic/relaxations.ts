import type { Limit } from '../facts/credential.ts';
import type { PlanTerms } from '../facts/question.ts';
import { objectives } from '../facts/question.ts';
import type { Requirement } from '../facts/requirement.ts';
import type { Chance, Instance } from '../testing/index.ts';
import { changed, withAgreements, withCredential } from './instances.ts';

/** Asks for less at about half of what asks for something: lower minima and higher maxima, and nothing else. */
export function relaxed(instance: Instance, chance: Chance): Instance {
  const less = (min: number): number => (chance.is(0.5) ? Math.max(0, min - chance.pick([1, 50, 150, 300])) : min);
  const more = (max: number): number => (chance.is(0.5) ? max + chance.pick([1, 50, 150, 300]) : max);
  const requirement = (one: Requirement): Requirement => {
    switch (one.node) {
      case 'CREDITS':
        return { ...one, min: less(one.min) };
      case 'COUNT':
      case 'DISTINCT':
        return { ...one, min: chance.is(0.5) ? Math.max(0, one.min - 1) : one.min };
      case 'K_OF':
        return { ...one, k: chance.is(0.5) ? one.k - 1 : one.k };
      case 'SECTIONS':
        return { ...one, each: less(one.each), total: less(one.total), most: chance.is(0.5) ? one.most + 1 : one.most };
      case 'AT_MOST':
        return { ...one, max: more(one.max) };
      case 'CRED':
        return one.minGrade === undefined ? one : { ...one, minGrade: less(one.minGrade), ...(one.maxAgeMonths && { maxAgeMonths: more(one.maxAgeMonths) }) };
      default:
        return one;
    }
  };
  const limit = (one: Limit): Limit => (one.limit === 'CAP' ? { ...one, max: more(one.max) } : { ...one, min: less(one.min) });
  return withCredential({ ...instance, terms: relaxedTerms(instance.terms, more) }, (credential) => ({
    ...credential,
    requirement: changed(credential.requirement, requirement),
    limits: credential.limits?.map(limit),
    sharing: credential.sharing && { ...credential.sharing, maxUses: credential.sharing.maxUses + (chance.is(0.5) ? 1 : 0) },
  }));
}

function relaxedTerms(terms: PlanTerms, more: (max: number) => number): PlanTerms {
  const budgets = objectives.flatMap((objective) => {
    const most = terms.budgets?.[objective];
    return most === undefined ? [] : [[objective, more(most)]];
  });
  return { ...terms, budgets: Object.fromEntries(budgets) };
}

/** The tree, and a copy of it with ids of its own. */
export const copied = (requirement: Requirement): Requirement =>
  changed(requirement, (one) =>
    one.node === 'SECTIONS'
      ? { ...one, id: `${one.id} again`, of: one.of.map((section) => ({ ...section, id: `${section.id} again` })) }
      : { ...one, id: `${one.id} again` },
  );

/** Without limits, waivers and sharing rules: each of these asks about a tree as it is written, and not only about what it means. */
export const plain = (instance: Instance, maxUses = 1): Instance =>
  withCredential(
    withAgreements(instance, (one) => [{ ...one, grants: one.grants.filter(({ waives }) => waives === undefined) }]),
    (credential) => ({ ...credential, limits: [], sharing: { maxUses } }),
  );
