import type { Audit, CheapestCompletion, Placement as PublicPlacement, RequirementReport } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import { type NodeReport, type PathwayEngine, type Placement, type PlanTerms, type Requirement, type Situation, dayOf } from '@mcr/pathway-engine';
import type { z } from 'zod';
import type { PathwayFact } from './facts/graph-fact.ts';
import { fromHundredths, gradeInHundredths, hundredths } from './facts/public-units.ts';

type Report = z.infer<typeof RequirementReport>;
type AuditQuestion = InputOf<typeof Audit>;
type PlanQuestion = InputOf<typeof CheapestCompletion>;
type Totals = NonNullable<OutputOf<typeof CheapestCompletion>['totals']>;

/** A question with its day. */
export type Dated<Question> = Question & { readonly asOf: string };
/** Institutions by their CTIDs. */
export type AskedForPlan = Omit<Dated<PlanQuestion>, 'institutions'> & { readonly issuers?: readonly string[] };

function situationOf({ held, declares, asOf }: Dated<Pick<AuditQuestion, 'held' | 'declares'>>): Situation {
  const completions = held.map(({ microCredential, completedOn, grade, expiresOn }) => ({
    microCredential,
    completedOn: dayOf(completedOn),
    ...(grade !== undefined && { grade: gradeInHundredths(grade) }),
    ...(expiresOn !== undefined && { expiresOn: dayOf(expiresOn) }),
  }));
  return { held: completions, declares, asOf: dayOf(asOf) };
}

/** What the engine knows of a pathway; undefined when there is none, or none any more. */
const pathwayIn = (engine: PathwayEngine, ctid: string): PathwayFact | undefined => engine.graph.credentials.get(ctid) as PathwayFact | undefined;

function childrenOf(requirement: Requirement): readonly Requirement[] {
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return requirement.of;
    case 'AT_MOST':
      return [requirement.within];
    case 'IF':
      return requirement.otherwise ? [requirement.then, requirement.otherwise] : [requirement.then];
    default:
      return [];
  }
}

const measureOf = ({ node }: Requirement): Report['measure'] =>
  node === 'CREDITS' ? 'CREDITS' : node === 'COURSE' || node === 'CRED' || node === 'COUNT' || node === 'DISTINCT' ? 'PIECES' : 'REQUIREMENTS';

function measuresOf(requirement: Requirement, into = new Map<string, Report['measure']>()): Map<string, Report['measure']> {
  into.set(requirement.id, measureOf(requirement));
  for (const child of childrenOf(requirement)) measuresOf(child, into);
  return into;
}

function publicReport({ id, met, have, need }: NodeReport, measure: Report['measure']): Report {
  // Credits times grade: hundredths of both.
  const divisor = measure === 'CREDITS' ? 100 : measure === 'GRADE_POINTS' ? 10_000 : 1;
  return { id, met, have: have / divisor, need: need / divisor, measure };
}

function publicPlacement({ graph }: PathwayEngine, { source, place }: Placement): z.infer<typeof PublicPlacement> {
  if ('microCredential' in source) return { place, microCredential: source.microCredential };
  const { course, subject = '', level, credits } = graph.edges.get(source.agreement)!.agreement.grants[source.grant]!;
  const grant = { ...(course !== undefined && { course }), subject, ...(level !== undefined && { level }), credits: fromHundredths(credits) };
  return { place, agreement: source.agreement, grant };
}

const agreementsOf = (assignment: readonly Placement[]): string[] =>
  [...new Set(assignment.flatMap(({ source }) => ('agreement' in source ? [source.agreement] : [])))].sort();

/** Whether what is held meets a pathway, in public units; undefined when there is no such pathway. */
export function auditAnswer(engine: PathwayEngine, question: Dated<AuditQuestion>): Omit<OutputOf<typeof Audit>, 'graphVersion'> | undefined {
  const pathway = pathwayIn(engine, question.pathway);
  if (!pathway) return undefined;
  const { verdict, proven, assignment, requirements, limits } = engine.audit(pathway.id, situationOf(question));
  const measures = measuresOf(pathway.requirement);
  const isGpa = new Set((pathway.limits ?? []).flatMap(({ id, limit }) => (limit === 'GPA' ? [id] : [])));
  return {
    pathway: pathway.id,
    version: pathway.version,
    verdict,
    proven,
    requirements: requirements.map((report) => publicReport(report, measures.get(report.id)!)),
    limits: limits.map((report) => publicReport(report, isGpa.has(report.id) ? 'GRADE_POINTS' : 'CREDITS')),
    assignment: assignment.map((placement) => publicPlacement(engine, placement)),
    agreements: agreementsOf(assignment),
    asOf: question.asOf,
  };
}

const fullOrder = ['COST', 'HOURS', 'COUNT', 'TERMS'] as const;
const publicUnit = { COST: fromHundredths, HOURS: (minutes: number) => minutes / 60, COUNT: (count: number) => count, TERMS: (terms: number) => terms };

function termsOf({ objectives, budgets, issuers, deliveries, forced, forbidden }: AskedForPlan): PlanTerms {
  const { cost, hours, count, terms } = budgets;
  const most = {
    ...(cost !== undefined && { COST: hundredths(cost) }),
    ...(hours !== undefined && { HOURS: Math.floor(hours * 60 + 1e-6) }),
    ...(count !== undefined && { COUNT: count }),
    ...(terms !== undefined && { TERMS: terms }),
  };
  return { objectives, budgets: most, forced, forbidden, ...(issuers && { issuers }), ...(deliveries && { deliveries }) };
}

/** The best plan and its proof, in public units; undefined when there is no such pathway. `now` counts milliseconds. */
export function planAnswer(
  engine: PathwayEngine,
  question: AskedForPlan,
  now: () => number,
): Omit<OutputOf<typeof CheapestCompletion>, 'graphVersion'> | undefined {
  const pathway = pathwayIn(engine, question.pathway);
  if (!pathway) return undefined;
  const budget = { nodes: Infinity, until: now() + question.timeBudgetMs, now };
  const planned = engine.cheapest(pathway.id, situationOf(question), termsOf(question), budget);
  const objectives = [...new Set([...question.objectives, ...fullOrder])];
  const known = { pathway: pathway.id, version: pathway.version, proof: planned.proof, objectives, asOf: question.asOf };
  if (planned.proof === 'INFEASIBLE') return { ...known, assignment: [], agreements: [] };
  const bound = publicUnit[objectives[0]!](planned.bound);
  if (planned.proof === 'UNKNOWN') return { ...known, bound, assignment: [], agreements: [] };
  const { plan, totals, verdict, assignment } = planned;
  const shown: Totals = { cost: publicUnit.COST(totals.COST), hours: publicUnit.HOURS(totals.HOURS), count: totals.COUNT, terms: totals.TERMS };
  const placements = assignment.map((placement) => publicPlacement(engine, placement));
  return { ...known, plan: [...plan].sort(), totals: shown, verdict, bound, assignment: placements, agreements: agreementsOf(assignment) };
}
