import type { Audit } from '@mcr/contracts';
import { type Fault, type InputOf, pointerTo } from '@mcr/event-kit';
import { type FactFault, type PathwayEngine, type PlanTerms, type Situation, checkPlanTerms, checkSituation, dayOf } from '@mcr/pathway-engine';
import type { PathwayVersionFact } from '../facts/graph-fact.ts';
import type { AwardInQuestion, HeldCompletion } from '../held/held-award.ts';
import { wholeHundredths } from '../facts/public-units.ts';

/** A question of which everything is known that it is asked of: what is held, and the day that counts. */
export type Settled<Question> = Omit<Question, 'held' | 'consent' | 'mine'> & {
  readonly held: readonly HeldCompletion[];
  /** Of a question that did not say what is held: the awards that were found. */
  readonly awards?: readonly AwardInQuestion[];
  readonly asOf: string;
};

/** What the engine answers, or all that is wrong with the question. */
export type Answered<Answer> = { readonly answer: Answer } | { readonly faults: readonly Fault[] };

export function situationOf({ held, declares, asOf }: Settled<Pick<InputOf<typeof Audit>, 'declares'>>): Situation {
  const completions = held.map(({ award, microCredential, completedOn, grade, expiresOn, status }) => ({
    ...(award !== undefined && { award }),
    microCredential,
    completedOn: dayOf(completedOn),
    ...(grade !== undefined && { grade: wholeHundredths(grade) }),
    ...(expiresOn !== undefined && { expiresOn: dayOf(expiresOn) }),
    ...(status !== undefined && { status }),
  }));
  return { held: completions, declares, asOf: dayOf(asOf) };
}

/** Of which day and which awards an answer speaks. */
export const basisOf = ({ asOf, awards }: Settled<object>) => ({ asOf, ...(awards && { awards: [...awards] }) });

/** The version of a pathway that a day is judged by, as the engine knows it; undefined when there is no such pathway, or none any more. */
export const pathwayIn = ({ graph }: PathwayEngine, ctid: string, { asOf }: Situation): PathwayVersionFact | undefined =>
  graph.credentialOn(ctid, asOf) as PathwayVersionFact | undefined;

/** The engine calls this by its own name; to callers it is what they know from the registry's commands. */
const publicFault = ({ code, ...fault }: FactFault): Fault => ({ ...fault, code: code === 'UNKNOWN_MICRO_CREDENTIAL' ? 'MICRO_CREDENTIAL_NOT_FOUND' : code });

/** Where a question names a pathway. */
export interface NamedPathway {
  readonly ctid: string;
  readonly at: readonly (string | number)[];
}

/** Everything that stands against a question, by what the engine knows. */
export function faultsOfQuestion(engine: PathwayEngine, pathways: readonly NamedPathway[], situation: Situation, terms: PlanTerms = {}): Fault[] {
  const unknown = pathways.filter(({ ctid }) => !pathwayIn(engine, ctid, situation));
  return [
    ...unknown.map(({ at }): Fault => ({ pointer: pointerTo(...at), code: 'PATHWAY_NOT_FOUND', message: 'No published pathway of this CTID is known.' })),
    ...checkSituation(engine.graph, situation).map(publicFault),
    ...checkPlanTerms(engine.graph, terms).map(publicFault),
  ];
}

/** The answer, unless something stands against the question. */
export const unlessFaulty = <Answer>(faults: readonly Fault[], answer: () => Answer): Answered<Answer> =>
  faults.length > 0 ? { faults } : { answer: answer() };
