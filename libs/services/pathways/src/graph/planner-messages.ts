import type { AskedForPlan, planAnswer } from '../domain/answers.ts';
import type { GraphFact } from '../domain/facts/graph-fact.ts';

/** What a planner is told and asked, in order. */
export type ToPlanner =
  { readonly type: 'forget' } | { readonly type: 'tell'; readonly facts: readonly GraphFact[] } | { readonly type: 'plan'; readonly question: AskedForPlan };

/** What it answers to each question. An error is a fault of ours. */
export type FromPlanner = { readonly answer: ReturnType<typeof planAnswer> } | { readonly error: string };
