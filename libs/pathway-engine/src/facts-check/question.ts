import type { Situation } from '../facts/facts.ts';
import { objectives } from '../facts/question.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Graph } from '../graph/graph.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';
import { unknown, unknownIn } from './micro-credential.ts';
import { day, emptyTerm, grade, integer, isObject, isWhole, listOf, oneOf, optional, shape, text, texts } from './shape.ts';

const completion = shape({
  award: optional(text),
  microCredential: text,
  completedOn: day,
  grade: optional(grade),
  expiresOn: optional(day),
  status: optional(oneOf(['ACTIVE', 'SUSPENDED', 'REVOKED'])),
});

const situationShape = shape({ held: listOf(completion), planned: optional(texts()), asOf: day, declares: optional(texts()) });

/** Every fault of a situation: impossible days and grades, and micro-credentials that the facts do not know. Holding much is no fault. */
export function checkSituation(graph: Graph, situation: Situation): FactFault[] {
  const faults = situationShape(situation, '');
  if (!isWhole(faults)) return faults;
  const { held, planned } = situation;
  return [
    ...faults,
    ...held.flatMap(({ microCredential, completedOn, expiresOn }, index) => [
      ...unknown(graph, microCredential, `/held/${index}/microCredential`),
      ...emptyTerm(completedOn, expiresOn, `/held/${index}/expiresOn`),
    ]),
    ...unknownIn(graph, planned, '/planned'),
  ];
}

const total = integer(0, Number.MAX_SAFE_INTEGER, 'cents, minutes, micro-credentials or terms');

const termsShape = shape({
  objectives: optional(listOf(oneOf(objectives), { distinct: (one: string) => one })),
  budgets: optional(shape(Object.fromEntries(objectives.map((objective) => [objective, optional(total)])))),
  issuers: optional(texts()),
  deliveries: optional(texts()),
  regions: optional(texts()),
  forced: optional(texts()),
  forbidden: optional(texts()),
});

/** Every fault of the terms of a plan. A budget of 0 is none, nor are terms under which there is no plan. */
export function checkPlanTerms(graph: Graph, terms: PlanTerms): FactFault[] {
  const faults = termsShape(terms, '');
  if (!isWhole(faults)) return faults;
  const { budgets, forced = [], forbidden = [] } = terms;
  const named = isObject(budgets) ? Object.keys(budgets) : [];
  return [
    ...faults,
    ...named.flatMap((name) => oneOf(objectives)(name, `/budgets/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)),
    ...unknownIn(graph, forced, '/forced'),
    ...unknownIn(graph, forbidden, '/forbidden'),
    ...forced.flatMap((id, index) =>
      forbidden.includes(id) ? fault('FORCED_AND_FORBIDDEN', `/forced/${index}`, `${id} is forced and forbidden.`, 'Take it out of one of the two lists.') : [],
    ),
  ];
}
