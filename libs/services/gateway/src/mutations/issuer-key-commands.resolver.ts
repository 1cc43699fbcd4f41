import { Context, Resolver } from '@nestjs/graphql';
import { ActivateIssuerKey, DelegateSigning, ProposeIssuerKey, ReportIssuerKeyCompromised, RetireIssuerKey } from '@mcr/contracts';
import { RequestContext } from '../graphql/request-context.ts';
import { IssuerKey, ProposedIssuerKey } from './answer-types.ts';
import { CommandInput, CommandMutation } from './command-mutation.ts';
import { Commands } from './commands.ts';

@Resolver()
export class IssuerKeyCommandsResolver {
  constructor(private readonly commands: Commands) {}

  @CommandMutation(ProposeIssuerKey, ProposedIssuerKey, 'Names a key that the institution wants to sign with; the answer holds what to sign to prove it.')
  proposeIssuerKey(@CommandInput(ProposeIssuerKey) input: object, @Context() request: RequestContext) {
    return this.commands.call(ProposeIssuerKey, input, request);
  }

  @CommandMutation(ActivateIssuerKey, IssuerKey, 'Proves that the institution has the private key. From now on it signs.')
  activateIssuerKey(@CommandInput(ActivateIssuerKey) input: object, @Context() request: RequestContext) {
    return this.commands.call(ActivateIssuerKey, input, request);
  }

  @CommandMutation(RetireIssuerKey, IssuerKey, 'The key signs no more. What it signed stays good.')
  retireIssuerKey(@CommandInput(RetireIssuerKey) input: object, @Context() request: RequestContext) {
    return this.commands.call(RetireIssuerKey, input, request);
  }

  @CommandMutation(ReportIssuerKeyCompromised, IssuerKey, 'Somebody else may have the private key. What the registry received before then stays good.')
  reportIssuerKeyCompromised(@CommandInput(ReportIssuerKeyCompromised) input: object, @Context() request: RequestContext) {
    return this.commands.call(ReportIssuerKeyCompromised, input, request);
  }

  @CommandMutation(DelegateSigning, IssuerKey, 'The registry signs for the institution, with a key that it makes and keeps.')
  delegateSigning(@CommandInput(DelegateSigning) input: object, @Context() request: RequestContext) {
    return this.commands.call(DelegateSigning, input, request);
  }
}
