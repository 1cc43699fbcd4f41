import { Context, Query, Resolver } from '@nestjs/graphql';
import { MyShares } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../graphql/request-context.ts';
import { Share } from '../../schema/share.ts';
import { asked } from '../questions/asked.ts';

@Resolver(() => Share)
export class SharesResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => [Share], { nullable: true, description: 'How the learner who is signed in shows credentials, the newest first, and how often each was used.' })
  myShares(@Context() request: RequestContext): Promise<OutputOf<typeof MyShares>> {
    return asked(this.operations, MyShares, {}, request);
  }
}
