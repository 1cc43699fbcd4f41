import type { PathwayEngine } from '@mcr/pathway-engine';
import { auditAnswer } from '../domain/answers/audit.ts';
import { cheapestCompletionAnswer } from '../domain/answers/plans/cheapest-completion.ts';
import { completionOfSeveralAnswer } from '../domain/answers/plans/completion-of-several.ts';
import { completionTradeOffsAnswer } from '../domain/answers/plans/completion-trade-offs.ts';
import { credentialsInReachAnswer } from '../domain/answers/plans/credentials-in-reach.ts';
import { whyNotRecognisedAnswer } from '../domain/answers/why-not/why-not-recognised.ts';

/** The questions that may take long, each with what answers it: they are asked in the planner's thread. */
export const searches = {
  audit: (engine: PathwayEngine, question: Parameters<typeof auditAnswer>[1]) => auditAnswer(engine, question),
  cheapestCompletion: cheapestCompletionAnswer,
  credentialsInReach: credentialsInReachAnswer,
  completionTradeOffs: completionTradeOffsAnswer,
  completionOfSeveral: completionOfSeveralAnswer,
  whyNotRecognised: whyNotRecognisedAnswer,
};
export type Searches = typeof searches;
export type SearchName = keyof Searches;

/** What a search is asked, and what it answers. */
export type AskedOf<Name extends SearchName> = Parameters<Searches[Name]>[1];
export type AnsweredBy<Name extends SearchName> = ReturnType<Searches[Name]>;
