import { Context, Resolver } from '@nestjs/graphql';
import { PublishPathway, RetirePathway } from '@mcr/contracts';
import { RequestContext } from '../graphql/request-context.ts';
import { PathwayVersion } from './answer-types.ts';
import { CommandInput, CommandMutation } from './command-mutation.ts';
import { Commands } from './commands.ts';

@Resolver()
export class PathwayCommandsResolver {
  constructor(private readonly commands: Commands) {}

  @CommandMutation(PublishPathway, PathwayVersion, 'Publishes version 1 of a pathway to a credential, or the next version of a known one.')
  publishPathway(@CommandInput(PublishPathway) input: object, @Context() request: RequestContext) {
    return this.commands.call(PublishPathway, input, request);
  }

  @CommandMutation(RetirePathway, PathwayVersion, 'Ends a pathway for good.')
  retirePathway(@CommandInput(RetirePathway) input: object, @Context() request: RequestContext) {
    return this.commands.call(RetirePathway, input, request);
  }
}
