import { Context, Resolver } from '@nestjs/graphql';
import { EndShare, GrantConsent, LinkLearner, ShareCredential, UnlinkLearner, WithdrawConsent } from '@mcr/contracts';
import { RequestContext } from '../graphql/request-context.ts';
import { Consent } from '../schema/learner.ts';
import { NewShare, Share } from '../schema/share.ts';
import { LearnerLink, LearnerUnlink } from './answer-types.ts';
import { CommandInput, CommandMutation } from './command-mutation.ts';
import { Commands } from './commands.ts';

@Resolver()
export class LearnerCommandsResolver {
  constructor(private readonly commands: Commands) {}

  @CommandMutation(LinkLearner, LearnerLink, 'Says whose sign-in a subject is, by one identifier under which an institution awarded something.')
  linkLearner(@CommandInput(LinkLearner) input: object, @Context() request: RequestContext) {
    return this.commands.call(LinkLearner, input, request);
  }

  @CommandMutation(UnlinkLearner, LearnerUnlink, 'Takes back whose sign-in it is.')
  unlinkLearner(@CommandInput(UnlinkLearner) input: object, @Context() request: RequestContext) {
    return this.commands.call(UnlinkLearner, input, request);
  }

  @CommandMutation(
    GrantConsent,
    Consent,
    'The learner who is signed in lets an advisor, or the advisors of an institution, ask about awards, for a year at most.',
  )
  grantConsent(@CommandInput(GrantConsent) input: object, @Context() request: RequestContext) {
    return this.commands.call(GrantConsent, input, request);
  }

  @CommandMutation(WithdrawConsent, Consent, 'Ends a consent at once and for good.')
  withdrawConsent(@CommandInput(WithdrawConsent) input: object, @Context() request: RequestContext) {
    return this.commands.call(WithdrawConsent, input, request);
  }

  @CommandMutation(
    ShareCredential,
    NewShare,
    'Makes a token with which anybody reads and verifies the credential of one award of the learner who is signed in.',
  )
  shareCredential(@CommandInput(ShareCredential) input: object, @Context() request: RequestContext) {
    return this.commands.call(ShareCredential, input, request);
  }

  @CommandMutation(EndShare, Share, 'Ends a share at once and for good.')
  endShare(@CommandInput(EndShare) input: object, @Context() request: RequestContext) {
    return this.commands.call(EndShare, input, request);
  }
}
