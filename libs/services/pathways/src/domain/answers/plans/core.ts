import type { CoreElement as PublicElement, whyInfeasible } from '@mcr/contracts';
import type { Budget, Core, CoreElement, PathwayEngine, PlanTerms, Situation } from '@mcr/pathway-engine';
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

/** What together makes a plan for all of these pathways impossible, as far as it is found in time. */
export const coreFor = (engine: PathwayEngine, pathways: readonly string[], situation: Situation, terms: PlanTerms, budget: Budget): WhyInfeasible =>
  publicCore(engine.core(pathways, situation, terms, budget));

/** Of more nobody could read it. As many can be named in one question. */
const MOST_AMONG = 100;

/** What together makes a plan for any one of these pathways impossible, as far as it is found in time. */
export const coreAmong = (engine: PathwayEngine, pathways: readonly string[], situation: Situation, terms: PlanTerms, budget: Budget): WhyInfeasible =>
  pathways.length > MOST_AMONG ? {} : publicCore(engine.coreAmong(pathways, situation, terms, budget));

const publicCore = (found: Core): WhyInfeasible => (found.proof === 'IMPOSSIBLE' ? { core: found.core.map(publicElement), coreIsMinimal: found.minimal } : {});
