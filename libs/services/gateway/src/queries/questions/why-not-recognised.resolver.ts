import { Args, Context, ID, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { WhyNotRecognised as Question } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../graphql/request-context.ts';
import { NotRecognised, WhyNotRecognised } from '../../schema/answers/why-not.ts';
import { asked } from './asked.ts';
import { SituationArgs, situationIn } from './situation-args.ts';

type Answer = OutputOf<typeof Question>;

const Which = () => Args('microCredentials', { type: () => [ID], description: 'CTIDs of some that are held.' });
const Receiver = () => Args('receiver', { type: () => String, nullable: true, description: 'The code of an institution. Or else a pathway.' });
const InPathway = () => Args('pathway', { type: () => ID, nullable: true, description: 'The CTID of a pathway.' });
const Place = () => Args('requirement', { type: () => ID, nullable: true, description: 'The id of a requirement, a section or a limit of the pathway.' });
const TimeBudget = () => Args('timeBudgetMs', { type: () => Int, nullable: true, description: 'So long the search may take; 2,000, at most 5,000.' });

@Resolver(() => WhyNotRecognised)
export class WhyNotRecognisedResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => WhyNotRecognised, {
    nullable: true,
    description: 'Why held micro-credentials are not recognised by a receiver or in a pathway, and what would change that, for whoever is signed in.',
  })
  whyNotRecognised(
    @Which() microCredentials: string[],
    @Receiver() receiver: string | null,
    @InPathway() pathway: string | null,
    @Place() requirement: string | null,
    @Args() situation: SituationArgs,
    @TimeBudget() timeBudgetMs: number | null,
    @Context() request: RequestContext,
  ): Promise<Answer> {
    return asked(this.operations, Question, { microCredentials, receiver, pathway, requirement, ...situationIn(situation), timeBudgetMs }, request);
  }
}

@Resolver(() => NotRecognised)
export class NotRecognisedResolver {
  @ResolveField()
  microCredential({ microCredential }: Answer['microCredentials'][number], _: unknown, { loaders }: RequestContext) {
    return loaders.microCredentials.load(microCredential);
  }
}
