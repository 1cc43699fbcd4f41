import { Context, Resolver } from '@nestjs/graphql';
import {
  ActivateInstitution,
  InviteInstitution,
  RegisterPublishingClient,
  ReinstateInstitution,
  RevokePublishingClient,
  SuspendInstitution,
  VerifyInstitution,
} from '@mcr/contracts';
import { RequestContext } from '../graphql/request-context.ts';
import { Institution } from '../schema/institution.ts';
import { PublishingClient } from './answer-types.ts';
import { CommandInput, CommandMutation } from './command-mutation.ts';
import { Commands } from './commands.ts';

@Resolver()
export class InstitutionCommandsResolver {
  constructor(private readonly commands: Commands) {}

  @CommandMutation(InviteInstitution, Institution, 'Invites an institution to the registry.')
  inviteInstitution(@CommandInput(InviteInstitution) input: object, @Context() request: RequestContext) {
    return this.commands.call(InviteInstitution, input, request);
  }

  @CommandMutation(VerifyInstitution, Institution, 'Records that somebody checked who the institution is; that person asks for its activation.')
  verifyInstitution(@CommandInput(VerifyInstitution) input: object, @Context() request: RequestContext) {
    return this.commands.call(VerifyInstitution, input, request);
  }

  @CommandMutation(ActivateInstitution, Institution, 'Approves a verified institution. Another person than the one who verified it must do this.')
  activateInstitution(@CommandInput(ActivateInstitution) input: object, @Context() request: RequestContext) {
    return this.commands.call(ActivateInstitution, input, request);
  }

  @CommandMutation(SuspendInstitution, Institution, 'From now on it may neither define micro-credentials nor publish awards.')
  suspendInstitution(@CommandInput(SuspendInstitution) input: object, @Context() request: RequestContext) {
    return this.commands.call(SuspendInstitution, input, request);
  }

  @CommandMutation(ReinstateInstitution, Institution, 'Ends a suspension.')
  reinstateInstitution(@CommandInput(ReinstateInstitution) input: object, @Context() request: RequestContext) {
    return this.commands.call(ReinstateInstitution, input, request);
  }

  @CommandMutation(RegisterPublishingClient, PublishingClient, 'Lets a system of the institution sign in with its key and publish awards.')
  registerPublishingClient(@CommandInput(RegisterPublishingClient) input: object, @Context() request: RequestContext) {
    return this.commands.call(RegisterPublishingClient, input, request);
  }

  @CommandMutation(RevokePublishingClient, PublishingClient, 'The client is refused from now on.')
  revokePublishingClient(@CommandInput(RevokePublishingClient) input: object, @Context() request: RequestContext) {
    return this.commands.call(RevokePublishingClient, input, request);
  }
}
