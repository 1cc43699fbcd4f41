import type { PathwayEngine } from '../engine.ts';
import type { Situation } from '../facts/facts.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Budget } from '../plan/search/goal.ts';

/** What every question of an engine answers about one credential in one situation, by the name of the question. */
export function everyAnswer(
  engine: PathwayEngine,
  credential: string,
  situation: Situation,
  terms: PlanTerms,
  budget: Budget,
): Readonly<Record<string, unknown>> {
  const known = engine.graph.microCredentials;
  const heldAndKnown = { ...situation, held: situation.held.filter(({ microCredential }) => known.has(microCredential)) };
  return {
    countsFor: engine.countsFor(situation, { credential }),
    audit: engine.audit(credential, situation),
    cheapest: engine.cheapest(credential, situation, terms, budget),
    alternatives: engine.alternatives(credential, situation, terms, 2, budget),
    tradeOffs: engine.tradeOffs(credential, situation, ['COST', 'HOURS'], terms, budget),
    cheapestAmong: engine.cheapestAmong(undefined, situation, terms, budget),
    inReach: engine.inReach(undefined, situation, terms, budget),
    together: engine.together([...engine.graph.credentials.keys()].sort(), situation, terms, budget),
    core: engine.core([credential], situation, terms, budget),
    whyNot: engine.whyNot(heldAndKnown, { credential }, { budget: { ...budget, nodes: 300 } }),
    whyNotAtReceiver: engine.whyNot(heldAndKnown, { receiver: engine.graph.credentials.get(credential)!.institution }, { budget: { ...budget, nodes: 300 } }),
  };
}
