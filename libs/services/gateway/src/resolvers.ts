import { AgreementCommandsResolver } from './mutations/agreement-commands.resolver.ts';
import { CatalogueCommandsResolver } from './mutations/catalogue-commands.resolver.ts';
import { InstitutionCommandsResolver } from './mutations/institution-commands.resolver.ts';
import { IssuerKeyCommandsResolver } from './mutations/issuer-key-commands.resolver.ts';
import { LearnerCommandsResolver } from './mutations/learner-commands.resolver.ts';
import { PathwayCommandsResolver } from './mutations/pathway-commands.resolver.ts';
import { AgreementSignatureResolver, AgreementsResolver, TransferValueFromResolver } from './queries/agreements.resolver.ts';
import { AwardsResolver } from './queries/awards/awards.resolver.ts';
import { AwardCredentialResolver, HeldCredentialResolver, VerificationResolver } from './queries/awards/credentials.resolver.ts';
import { AuditResolver } from './queries/questions/audit.resolver.ts';
import { AwardInQuestionResolver, LostAgreementResolver, PlacementResolver } from './queries/questions/certificate.resolver.ts';
import { CheapestCompletionResolver, CompletionPlanResolver } from './queries/questions/plans/cheapest-completion.resolver.ts';
import { CompletionOfSeveralResolver, PathwayOfSeveralResolver } from './queries/questions/plans/completion-of-several.resolver.ts';
import { CompletionTradeOffsResolver } from './queries/questions/plans/completion-trade-offs.resolver.ts';
import { CredentialsInReachResolver, PathwayInReachResolver } from './queries/questions/plans/credentials-in-reach.resolver.ts';
import { InstitutionsResolver } from './queries/institutions.resolver.ts';
import { ConsentAudienceResolver, ConsentsResolver, HeldAwardsResolver } from './queries/learners/learners.resolver.ts';
import { SharesResolver } from './queries/learners/shares.resolver.ts';
import { MicroCredentialsResolver } from './queries/micro-credentials.resolver.ts';
import { PathwaysResolver } from './queries/pathways/pathways.resolver.ts';
import { RecognitionsResolver } from './queries/questions/recognitions.resolver.ts';
import { ReplayedAnswerResolver } from './queries/questions/replayed-answer.resolver.ts';
import { NotRecognisedResolver, WhyNotRecognisedResolver } from './queries/questions/why-not-recognised.resolver.ts';
import { RegistryStatusResolver } from './queries/registry-status.resolver.ts';

/** Everything that the face answers; the schema is made from these. */
export const resolvers = [
  InstitutionsResolver,
  MicroCredentialsResolver,
  AwardsResolver,
  AwardCredentialResolver,
  HeldCredentialResolver,
  VerificationResolver,
  HeldAwardsResolver,
  ConsentsResolver,
  ConsentAudienceResolver,
  SharesResolver,
  AgreementsResolver,
  TransferValueFromResolver,
  AgreementSignatureResolver,
  PathwaysResolver,
  RecognitionsResolver,
  AuditResolver,
  CheapestCompletionResolver,
  CompletionPlanResolver,
  CredentialsInReachResolver,
  PathwayInReachResolver,
  CompletionOfSeveralResolver,
  PathwayOfSeveralResolver,
  CompletionTradeOffsResolver,
  WhyNotRecognisedResolver,
  NotRecognisedResolver,
  ReplayedAnswerResolver,
  PlacementResolver,
  LostAgreementResolver,
  AwardInQuestionResolver,
  RegistryStatusResolver,
  InstitutionCommandsResolver,
  IssuerKeyCommandsResolver,
  CatalogueCommandsResolver,
  AgreementCommandsResolver,
  PathwayCommandsResolver,
  LearnerCommandsResolver,
];
