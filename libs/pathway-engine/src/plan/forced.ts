import type { Day } from '../facts/day.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Graph } from '../graph/graph.ts';
import { isAllowed } from './candidates/allowed.ts';

/** Whether everything that is forced may be planned at all: it is there, offered, and what else the terms ask for. */
export const mayBeForced = (graph: Graph, terms: PlanTerms, asOf: Day): boolean =>
  (terms.forced ?? []).every((id) => graph.microCredentials.has(id) && isAllowed(graph.microCredentials.get(id)!, terms, asOf));
