import type { CheapestCompletion, Plan as PublicPlan, PathwayScope, PlanTotals } from '@mcr/contracts';
import type { InputOf } from '@mcr/event-kit';
import {
  type Budget,
  type CredentialVersion,
  type Objective,
  type PathwayEngine,
  type PlanTerms,
  type Planned,
  type Situation,
  type Totals,
  objectives as allObjectives,
  versionOn,
} from '@mcr/pathway-engine';
import type { z } from 'zod';
import { fromHundredths, wholeHundredths } from '../../facts/public-units.ts';
import type { NamedPathway } from '../asked.ts';
import { certificateOf } from '../certificate.ts';

/** A plan that was found. */
export type FoundPlan = Extract<Planned, { plan: unknown }>;

/** What a question about plans says of them, with institutions by their CTIDs. */
export type AskedTerms = Pick<InputOf<typeof CheapestCompletion>, 'budgets' | 'deliveries' | 'forced' | 'forbidden' | 'timeBudgetMs'> & {
  readonly issuers?: readonly string[];
  readonly objectives: readonly Objective[];
};
export type AskedScope = Omit<z.infer<typeof PathwayScope>, 'institution'> & { readonly owner?: string };

/** The order asked for, and the others after it. */
export const fullOrder = (asked: readonly Objective[]): Objective[] => [...new Set([...asked, ...allObjectives])];

export const publicUnit: Readonly<Record<Objective, (amount: number) => number>> = {
  COST: fromHundredths,
  HOURS: (minutes) => minutes / 60,
  COUNT: (count) => count,
  TERMS: (terms) => terms,
};

export function termsOf({ objectives, budgets, issuers, deliveries, forced, forbidden }: AskedTerms): PlanTerms {
  const { cost, hours, count, terms } = budgets;
  const most = {
    ...(cost !== undefined && { COST: wholeHundredths(cost) }),
    ...(hours !== undefined && { HOURS: Math.floor(hours * 60 + 1e-6) }),
    ...(count !== undefined && { COUNT: count }),
    ...(terms !== undefined && { TERMS: terms }),
  };
  return { objectives, budgets: most, forced, forbidden, ...(issuers && { issuers }), ...(deliveries && { deliveries }) };
}

/** How long a search may go on: until its time is over, or nobody waits for it any more. `now` counts milliseconds. */
export interface Patience {
  readonly now: () => number;
  readonly cancelled: () => boolean;
}

export const budgetOf = ({ timeBudgetMs }: { readonly timeBudgetMs: number }, { now, cancelled }: Patience): Budget => ({
  nodes: Infinity,
  until: now() + timeBudgetMs,
  now,
  cancelled,
});

export const publicTotals = ({ COST, HOURS, COUNT, TERMS }: Totals): z.infer<typeof PlanTotals> => ({
  cost: publicUnit.COST(COST),
  hours: publicUnit.HOURS(HOURS),
  count: COUNT,
  terms: TERMS,
});

/** A plan in public units, with its certificate. */
export function publicPlan(
  engine: PathwayEngine,
  pathway: string,
  situation: Situation,
  { plan, totals, verdict, assignment }: FoundPlan,
): z.infer<typeof PublicPlan> {
  return {
    plan: [...plan].sort(),
    totals: publicTotals(totals),
    verdict,
    ...certificateOf(engine, pathway, { ...situation, planned: plan }, assignment),
  };
}

export const namedIn = ({ pathways = [] }: AskedScope, at: string): NamedPathway[] => pathways.map((ctid, index) => ({ ctid, at: [at, 'pathways', index] }));

/**
 * The pathways that are meant, each in the version of the day: those that are named, or those that can be begun on the day; of the type and the
 * owner that are asked for.
 */
export function pathwaysIn({ graph }: PathwayEngine, { pathways, type, owner }: AskedScope, { asOf }: Situation): string[] {
  const isOpen = ({ validFrom, validUntil }: CredentialVersion): boolean => validFrom <= asOf && (validUntil === null || asOf < validUntil);
  return [...graph.credentials.values()]
    .map((one) => versionOn<CredentialVersion>(one, asOf))
    .filter((one) => (pathways ? pathways.includes(one.id) : isOpen(one)))
    .filter((one) => (type === undefined || one.type === type) && (owner === undefined || one.institution === owner))
    .map(({ id }) => id);
}
