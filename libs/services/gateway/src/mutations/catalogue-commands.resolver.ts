import { Context, Resolver } from '@nestjs/graphql';
import { DefineMicroCredential, PublishMicroCredential } from '@mcr/contracts';
import { RequestContext } from '../graphql/request-context.ts';
import { MicroCredentialVersion } from './answer-types.ts';
import { CommandInput, CommandMutation } from './command-mutation.ts';
import { Commands } from './commands.ts';

@Resolver()
export class CatalogueCommandsResolver {
  constructor(private readonly commands: Commands) {}

  @CommandMutation(DefineMicroCredential, MicroCredentialVersion, 'Writes the draft of a version: of a new micro-credential, or the next one of a known ctid.')
  defineMicroCredential(@CommandInput(DefineMicroCredential) input: object, @Context() request: RequestContext) {
    return this.commands.call(DefineMicroCredential, input, request);
  }

  @CommandMutation(PublishMicroCredential, MicroCredentialVersion, 'Publishes the draft of a version, which never changes from then on.')
  publishMicroCredential(@CommandInput(PublishMicroCredential) input: object, @Context() request: RequestContext) {
    return this.commands.call(PublishMicroCredential, input, request);
  }
}
