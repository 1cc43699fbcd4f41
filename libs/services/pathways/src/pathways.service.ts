import {
  Audit,
  CheapestCompletion,
  CompletionOfSeveral,
  CompletionTradeOffs,
  CredentialsInReach,
  DeclineAgreement,
  EvaluateAgreement,
  ProposeAgreement,
  PublishAgreement,
  PublishPathway,
  Recognitions,
  ReplayedAnswer,
  RetirePathway,
  SignAgreement,
  TerminateAgreement,
  WhyNotRecognised,
  topics,
} from '@mcr/contracts';
import { defineService, handle } from '@mcr/runtime';
import { declineAgreement, evaluateAgreement, signAgreement, terminateAgreement } from './commands/agreements/change-agreement.ts';
import { proposeAgreement, publishAgreement } from './commands/agreements/new-agreement.ts';
import { publishPathway } from './commands/publish-pathway.ts';
import { retirePathway } from './commands/retire-pathway.ts';
import { PathwaysFacts } from './consumers/pathways-facts.ts';
import { PathwaysLearners } from './consumers/pathways-learners.ts';
import { PathwaysModule } from './pathways.module.ts';
import { audit } from './queries/audit.ts';
import { cheapestCompletion } from './queries/cheapest-completion.ts';
import { completionOfSeveral } from './queries/completion-of-several.ts';
import { completionTradeOffs } from './queries/completion-trade-offs.ts';
import { credentialsInReach } from './queries/credentials-in-reach.ts';
import { recognitions, settleRecognitions } from './queries/recognitions.ts';
import { replayedAnswer } from './replay/replayed-answer.ts';
import { whyNotRecognised } from './queries/why-not-recognised.ts';
import { keeping } from './replay/keeping.ts';
import { createTables } from './storage/migrations/0001-tables.ts';
import { pathwaysAndTheirGraph } from './storage/migrations/0002-pathways.ts';
import { agreementsInEveryState } from './storage/migrations/0003-agreements.ts';
import { answersForAYear } from './storage/migrations/0004-answers.ts';
import { heldAwards } from './storage/migrations/0005-held-awards.ts';
import { answersOfADay } from './storage/migrations/0006-answers-of-a-day.ts';
import { versionsOfAPathway } from './storage/migrations/0007-versions-of-a-pathway.ts';

/** What awards count for: the transfer agreements between institutions, the pathways to credentials, and the answers that follow from them. */
export const pathways = defineService({
  name: 'pathways',
  module: PathwaysModule,
  migrations: [createTables, pathwaysAndTheirGraph, agreementsInEveryState, answersForAYear, heldAwards, answersOfADay, versionsOfAPathway],
  topics: [topics.transfer],
  operations: [
    handle(PublishAgreement, publishAgreement),
    handle(ProposeAgreement, proposeAgreement),
    handle(EvaluateAgreement, evaluateAgreement),
    handle(SignAgreement, signAgreement),
    handle(DeclineAgreement, declineAgreement),
    handle(TerminateAgreement, terminateAgreement),
    handle(PublishPathway, publishPathway),
    handle(RetirePathway, retirePathway),
    handle(Recognitions, keeping(Recognitions, recognitions, settleRecognitions)),
    handle(Audit, keeping(Audit, audit)),
    handle(CheapestCompletion, keeping(CheapestCompletion, cheapestCompletion)),
    handle(CredentialsInReach, keeping(CredentialsInReach, credentialsInReach)),
    handle(CompletionOfSeveral, keeping(CompletionOfSeveral, completionOfSeveral)),
    handle(CompletionTradeOffs, keeping(CompletionTradeOffs, completionTradeOffs)),
    handle(WhyNotRecognised, keeping(WhyNotRecognised, whyNotRecognised)),
    handle(ReplayedAnswer, replayedAnswer),
  ],
  consumers: [PathwaysFacts, PathwaysLearners],
});
