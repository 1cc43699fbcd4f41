import { Context, Resolver } from '@nestjs/graphql';
import { DeclineAgreement, EvaluateAgreement, ProposeAgreement, PublishAgreement, SignAgreement, TerminateAgreement } from '@mcr/contracts';
import { RequestContext } from '../graphql/request-context.ts';
import { PublishedAgreement } from './answer-types.ts';
import { CommandInput, CommandMutation } from './command-mutation.ts';
import { Commands } from './commands.ts';

@Resolver()
export class AgreementCommandsResolver {
  constructor(private readonly commands: Commands) {}

  @CommandMutation(PublishAgreement, PublishedAgreement, 'Lists a transfer agreement that both institutions signed elsewhere.')
  publishAgreement(@CommandInput(PublishAgreement) input: object, @Context() request: RequestContext) {
    return this.commands.call(PublishAgreement, input, request);
  }

  @CommandMutation(ProposeAgreement, PublishedAgreement, 'Signs a transfer agreement for its sender, and asks the receiver to.')
  proposeAgreement(@CommandInput(ProposeAgreement) input: object, @Context() request: RequestContext) {
    return this.commands.call(ProposeAgreement, input, request);
  }

  @CommandMutation(EvaluateAgreement, PublishedAgreement, 'Says that the receiver has begun to look at what was proposed.')
  evaluateAgreement(@CommandInput(EvaluateAgreement) input: object, @Context() request: RequestContext) {
    return this.commands.call(EvaluateAgreement, input, request);
  }

  @CommandMutation(SignAgreement, PublishedAgreement, 'Signs a transfer agreement for its receiver. From then on it holds, on the days that it names.')
  signAgreement(@CommandInput(SignAgreement) input: object, @Context() request: RequestContext) {
    return this.commands.call(SignAgreement, input, request);
  }

  @CommandMutation(DeclineAgreement, PublishedAgreement, 'Says for the receiver that it does not agree, and why. Everybody can read the reason.')
  declineAgreement(@CommandInput(DeclineAgreement) input: object, @Context() request: RequestContext) {
    return this.commands.call(DeclineAgreement, input, request);
  }

  @CommandMutation(
    TerminateAgreement,
    PublishedAgreement,
    'Ends an agreement earlier than was agreed. What was completed until then is covered. Everybody can read the reason.',
  )
  terminateAgreement(@CommandInput(TerminateAgreement) input: object, @Context() request: RequestContext) {
    return this.commands.call(TerminateAgreement, input, request);
  }
}
