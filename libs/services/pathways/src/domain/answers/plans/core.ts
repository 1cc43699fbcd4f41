import type { CoreElement as PublicElement, whyInfeasible } from '@mcr/contracts';
import type { Budget, CoreElement, PathwayEngine, PlanTerms, Situation } from '@mcr/pathway-engine';
import type { z } from 'zod';

type Element = z.infer<typeof PublicElement>;
type WhyInfeasible = z.infer<z.ZodObject<typeof whyInfeasible>>;

const filterInWords = { issuers: 'institutions', deliveries: 'deliveries', regions: 'regions' } as const;
const objectiveInWords = { COST: 'cost', HOURS: 'hours', COUNT: 'number of micro-credentials', TERMS: 'terms' } as const;

/** One thing that was asked for, as callers know it. */
export function publicElement(one: CoreElement): Element {
  const kind = one.element;
  switch (one.element) {
    case 'REQUIREMENT':
      return { kind, message: `The requirement ${one.id}.`, pathway: one.credential, requirement: one.id };
    case 'LIMIT':
      return { kind, message: `The limit ${one.id}.`, pathway: one.credential, requirement: one.id };
    case 'USES':
      return { kind, message: 'How often the pathway lets a piece of credit be used.', pathway: one.credential };
    case 'SHARE_CAP':
      return { kind, message: 'How much of its credit the pathway lets another one count too.', pathway: one.credential };
    case 'BUDGET':
      return { kind, message: `The budget of ${objectiveInWords[one.objective]}.`, objective: one.objective };
    case 'FILTER':
      return { kind, message: `That only some ${filterInWords[one.filter]} are allowed.` };
    case 'FORCED':
      return { kind, message: `That ${one.microCredential} must be in the plan.`, microCredential: one.microCredential };
    case 'FORBIDDEN':
      return { kind, message: `That ${one.microCredential} may not be in the plan.`, microCredential: one.microCredential };
  }
}

/** What together makes a plan for these pathways impossible, as far as it is found in time. */
export function coreFor(engine: PathwayEngine, pathways: readonly string[], situation: Situation, terms: PlanTerms, budget: Budget): WhyInfeasible {
  const found = engine.core(pathways, situation, terms, budget);
  return found.proof === 'IMPOSSIBLE' ? { core: found.core.map(publicElement), coreIsMinimal: found.minimal } : {};
}
