import type { CompletionTradeOffs } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { PathwayEngine } from '@mcr/pathway-engine';
import { type Answered, type Settled, basisOf, faultsOfQuestion, pathwayIn, situationOf, unlessFaulty } from '../asked.ts';
import { type AskedTerms, type Patience, budgetOf, publicPlan, termsOf } from './plans.ts';

export type AskedForTradeOffs = Settled<Omit<InputOf<typeof CompletionTradeOffs>, 'institutions'> & AskedTerms>;

/** The plans between which the objectives leave a choice, in public units. */
export function completionTradeOffsAnswer(
  engine: PathwayEngine,
  question: AskedForTradeOffs,
  patience: Patience,
): Answered<Omit<OutputOf<typeof CompletionTradeOffs>, 'graphVersion'>> {
  const { pathway, objectives } = question;
  const [situation, terms] = [situationOf(question), termsOf(question)];
  return unlessFaulty(faultsOfQuestion(engine, [{ ctid: pathway, at: ['pathway'] }], situation, terms), () => {
    const { plans, complete } = engine.tradeOffs(pathway, situation, objectives, terms, budgetOf(question, patience));
    const { version } = pathwayIn(engine, pathway, situation)!;
    return { pathway, version, plans: plans.map((plan) => publicPlan(engine, pathway, situation, plan)), complete, objectives, ...basisOf(question) };
  });
}
