import fc from 'fast-check';
import type { Agreement } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import type { Credential } from '../facts/credential.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import type { Requirement } from '../facts/requirement.ts';
import { PathwayEngine } from '../engine.ts';
import type { Planned } from '../plan/cheapest.ts';
import { alikeInstance, chanceOf, howMany, randomInstance } from '../testing/index.ts';
import type { Chance, Instance } from '../testing/index.ts';

export const unhurried = { nodes: 200_000, until: Infinity, now: () => 0 };

export type Plan = Extract<Planned, { plan: unknown }>;

/** An instance that a number alone decides: every other one is of everything that there can be, the rest of what is much alike. */
const instanceOf = (seed: number, candidates: number): Instance =>
  seed % 2 === 0 ? randomInstance(seed, { candidates }) : alikeInstance(seed, { candidates });

/** Asks a property of so many random instances, always the same ones; of more of them, and others, where the setting says so. */
export function ofInstances(runs: number, property: (instance: Instance, chance: Chance) => void, candidates = 5): void {
  const number = fc.noShrink(fc.integer({ min: 0, max: 1_000_000 }));
  fc.assert(
    fc.property(number, (seed) => property(instanceOf(seed, candidates), chanceOf(seed + 1))),
    { numRuns: howMany(runs), seed: howMany(1) },
  );
}

/** The best plan, which for these sizes is always proven; undefined when there is none. */
export function best({ facts, credential, situation, terms }: Instance): Plan | undefined {
  const planned = new PathwayEngine(facts).cheapest(credential, situation, terms, unhurried);
  if ('plan' in planned && planned.proof === 'OPTIMAL') return planned;
  if (planned.proof !== 'INFEASIBLE') throw new Error(`Such a question is answered with proof, and not with ${planned.proof}.`);
  return undefined;
}

/** What is made of the only credential of an instance. */
export function withCredential(instance: Instance, change: (credential: Credential) => Credential): Instance {
  const credentials = instance.facts.credentials.map((one) => (one.id === instance.credential ? change(one) : one));
  return { ...instance, facts: { ...instance.facts, credentials } };
}

export const withAgreements = (instance: Instance, change: (agreement: Agreement) => readonly Agreement[]): Instance => {
  return { ...instance, facts: { ...instance.facts, agreements: instance.facts.agreements.flatMap(change) } };
};

export const withFacts = (instance: Instance, facts: Partial<Facts>): Instance => ({ ...instance, facts: { ...instance.facts, ...facts } });

export const withSituation = (instance: Instance, situation: Partial<Situation>): Instance => ({
  ...instance,
  situation: { ...instance.situation, ...situation },
});

/** A tree, changed from its leaves up. */
export function changed(requirement: Requirement, change: (one: Requirement) => Requirement): Requirement {
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return change({ ...requirement, of: requirement.of.map((child) => changed(child, change)) });
    case 'AT_MOST':
      return change({ ...requirement, within: changed(requirement.within, change) as typeof requirement.within });
    case 'IF': {
      const { otherwise } = requirement;
      return change({ ...requirement, then: changed(requirement.then, change), ...(otherwise && { otherwise: changed(otherwise, change) }) });
    }
    default:
      return change(requirement);
  }
}

/** Whether any requirement of the instance's credential is so. */
export function hasNode({ facts, credential }: Instance, isSuch: (one: Requirement) => boolean): boolean {
  let found = false;
  changed(facts.credentials.find(({ id }) => id === credential)!.requirement, (one) => {
    found ||= isSuch(one);
    return one;
  });
  return found;
}

/** Without conditions on grades: what is planned fits them all, and what was earned since may not. */
export const withoutGrades = (instance: Instance): Instance =>
  withCredential(
    withAgreements(instance, (one) => [{ ...one, from: one.from.map(({ microCredential }) => ({ microCredential })) }]),
    (credential) => ({
      ...credential,
      requirement: changed(credential.requirement, (one) => (one.node === 'CRED' ? { ...one, minGrade: undefined } : one)),
    }),
  );

/** What was planned, as it is held once it was earned on the day. */
export const earned = (plan: readonly string[], asOf: number): Completion[] => plan.map((microCredential) => ({ microCredential, completedOn: asOf }));
