import type { GraphFact } from '../domain/facts/graph-fact.ts';
import type { SearchName } from './searches.ts';

/** What a planner is told and asked, in order. Questions are numbered from 1 on. */
export type ToPlanner =
  | { readonly type: 'forget' }
  | { readonly type: 'tell'; readonly facts: readonly GraphFact[] }
  | { readonly type: 'ask'; readonly number: number; readonly name: SearchName; readonly question: unknown };

/** What it answers to each question. An error is a fault of ours. */
export type FromPlanner = { readonly answered: unknown } | { readonly error: string };

/** Memory that both sides see: the number of the last question that nobody waits for any more. A thread that searches reads no messages. */
export type GivenUp = Int32Array;
