import type { CredentialsInReach } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { PathwayEngine } from '@mcr/pathway-engine';
import { type Answered, type Settled, basisOf, faultsOfQuestion, pathwayIn, situationOf, unlessFaulty } from '../asked.ts';
import { type AskedScope, type AskedTerms, type Patience, budgetOf, fullOrder, namedIn, pathwaysIn, publicPlan, publicUnit, termsOf } from './plans.ts';

type Input = InputOf<typeof CredentialsInReach>;
export type AskedForReach = Settled<Omit<Input, 'institutions' | 'scope'> & AskedTerms & { readonly scope: AskedScope }>;

/** What can be completed within the budgets, the best plan first, in public units. */
export function credentialsInReachAnswer(
  engine: PathwayEngine,
  question: AskedForReach,
  patience: Patience,
): Answered<Omit<OutputOf<typeof CredentialsInReach>, 'graphVersion'>> {
  const [situation, terms] = [situationOf(question), termsOf(question)];
  return unlessFaulty(faultsOfQuestion(engine, namedIn(question.scope, 'scope'), situation, terms), () => {
    const objectives = fullOrder(question.objectives);
    const reached = engine.inReach(pathwaysIn(engine, question.scope, situation), situation, terms, budgetOf(question, patience));
    const pathways = reached.map(({ credential, planned, bound }) => ({
      pathway: credential,
      version: pathwayIn(engine, credential, situation)!.version,
      proof: planned?.proof ?? ('UNKNOWN' as const),
      ...(planned && { plan: publicPlan(engine, credential, situation, planned) }),
      bound: publicUnit[objectives[0]!](bound),
    }));
    return { pathways, objectives, ...basisOf(question) };
  });
}
