import type { CompletionOfSeveral, SharedCredit as PublicSharedCredit } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { PathwayEngine, SharedCredit } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { fromHundredths } from '../../facts/public-units.ts';
import { type Answered, type Settled, basisOf, faultsOfQuestion, pathwayIn, situationOf, unlessFaulty } from '../asked.ts';
import { NO_CERTIFICATE, certificateOf } from '../certificate.ts';
import { coreFor } from './core.ts';
import { type AskedTerms, type Patience, budgetOf, fullOrder, publicTotals, publicUnit, termsOf } from './plans.ts';

export type AskedForSeveral = Settled<Omit<InputOf<typeof CompletionOfSeveral>, 'institutions'> & AskedTerms>;

const publicShared = (all: readonly SharedCredit[], pathway: string): z.infer<typeof PublicSharedCredit>[] =>
  all.flatMap(({ credential, with: other, credits, most }) =>
    credential === pathway ? [{ with: other, credits: fromHundredths(credits), ...(most !== undefined && { most: fromHundredths(most) }) }] : [],
  );

/** One best plan for all of the pathways, and what each of them adds to it, in public units. */
export function completionOfSeveralAnswer(
  engine: PathwayEngine,
  question: AskedForSeveral,
  patience: Patience,
): Answered<Omit<OutputOf<typeof CompletionOfSeveral>, 'graphVersion'>> {
  const { pathways: asked } = question;
  const [situation, terms] = [situationOf(question), termsOf(question)];
  const named = asked.map((ctid, at) => ({ ctid, at: ['pathways', at] }));
  return unlessFaulty(faultsOfQuestion(engine, named, situation, terms), () => {
    const budget = budgetOf(question, patience);
    const objectives = fullOrder(question.objectives);
    const planned = engine.together(asked, situation, terms, budget);
    const about = (pathway: string) => ({ pathway, version: pathwayIn(engine, pathway, situation)!.version });
    const known = { proof: planned.proof, objectives, ...basisOf(question) };
    if (!('plan' in planned)) {
      const pathways = asked.map((pathway) => ({ ...about(pathway), ...NO_CERTIFICATE, addsIsProven: false, shared: [] }));
      if (planned.proof === 'UNKNOWN') return { ...known, pathways, bound: publicUnit[objectives[0]!](planned.bound) };
      return { ...known, pathways, ...coreFor(engine, asked, situation, terms, budget) };
    }
    const { plan, totals, verdict, bound, credentials, increments } = planned;
    const shared = engine.shared(credentials, { ...situation, planned: plan });
    const pathways = asked.map((pathway) => {
      const { assignment } = credentials.find(({ credential }) => credential === pathway)!;
      const { more, proven } = increments.find(({ credential }) => credential === pathway)!;
      const certificate = certificateOf(engine, pathway, { ...situation, planned: plan }, assignment);
      return { ...about(pathway), ...certificate, ...(more && { adds: publicTotals(more) }), addsIsProven: proven, shared: publicShared(shared, pathway) };
    });
    return { ...known, plan: [...plan].sort(), totals: publicTotals(totals), verdict, bound: publicUnit[objectives[0]!](bound), pathways };
  });
}
