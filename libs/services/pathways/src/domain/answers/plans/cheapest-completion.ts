import type { CheapestCompletion } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { Budget, PathwayEngine, PlanTerms, Planned, PlannedAmong, Situation } from '@mcr/pathway-engine';
import { type Answered, type Settled, basisOf, faultsOfQuestion, pathwayIn, situationOf, unlessFaulty } from '../asked.ts';
import { NO_CERTIFICATE } from '../certificate.ts';
import { coreAmong, coreFor } from './core.ts';
import { type AskedScope, type AskedTerms, type Patience, budgetOf, fullOrder, namedIn, pathwaysIn, publicPlan, publicUnit, termsOf } from './plans.ts';

type Input = InputOf<typeof CheapestCompletion>;
type Answer = Omit<OutputOf<typeof CheapestCompletion>, 'graphVersion'>;
export type AskedForPlan = Settled<Omit<Input, 'institutions' | 'among'> & AskedTerms & { readonly among?: AskedScope }>;

/** One or several, as the answer for several. */
type Best = PlannedAmong & { readonly of?: Planned };

function bestOf(engine: PathwayEngine, { pathway, among }: AskedForPlan, situation: Situation, terms: PlanTerms, budget: Budget): Best {
  if (pathway === undefined) return engine.cheapestAmong(pathwaysIn(engine, among!, situation), situation, terms, budget);
  const planned = engine.cheapest(pathway, situation, terms, budget);
  if (planned.proof === 'INFEASIBLE') return planned;
  const unsolved: string[] = [];
  return 'plan' in planned ? { proof: planned.proof, credential: pathway, planned, bound: planned.bound, unsolved } : { ...planned, unsolved };
}

/** The best plan and its proof, in public units, for one pathway or for whichever of several it is best for; and the next ones if asked for. */
export function cheapestCompletionAnswer(engine: PathwayEngine, question: AskedForPlan, patience: Patience): Answered<Answer> {
  const [situation, terms] = [situationOf(question), termsOf(question)];
  const { pathway: asked, among } = question;
  const named = asked === undefined ? namedIn(among!, 'among') : [{ ctid: asked, at: ['pathway'] }];
  return unlessFaulty(faultsOfQuestion(engine, named, situation, terms), () => {
    const budget = budgetOf(question, patience);
    const best = bestOf(engine, question, situation, terms, budget);
    const objectives = fullOrder(question.objectives);
    const about = (ctid: string | undefined) => (ctid === undefined ? {} : { pathway: ctid, version: pathwayIn(engine, ctid, situation)!.version });
    const known = { proof: best.proof, objectives, ...basisOf(question), unsolved: [], alternatives: [], alternativesComplete: question.alternatives === 0 };
    if (best.proof === 'INFEASIBLE') {
      const why =
        asked === undefined
          ? coreAmong(engine, pathwaysIn(engine, among!, situation), situation, terms, budget)
          : coreFor(engine, [asked], situation, terms, budget);
      return { ...about(asked), ...known, ...NO_CERTIFICATE, alternativesComplete: true, ...why };
    }
    const bound = publicUnit[objectives[0]!](best.bound);
    const unsolved = [...best.unsolved];
    if (best.proof === 'UNKNOWN') return { ...about(asked), ...known, ...NO_CERTIFICATE, bound, unsolved };
    const { credential, planned } = best;
    const more = question.alternatives > 0 ? engine.alternatives(credential, situation, terms, question.alternatives, budget, planned) : undefined;
    return {
      ...about(credential),
      ...known,
      ...publicPlan(engine, credential, situation, planned),
      bound,
      unsolved,
      alternatives: more?.plans.map((plan) => publicPlan(engine, credential, situation, plan)) ?? [],
      alternativesComplete: more?.complete ?? true,
    };
  });
}
