import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Consent as ConsentSchema, HeldAward as HeldAwardSchema, MyAwards, MyConsents } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { z } from 'zod';
import { RequestContext } from '../../graphql/request-context.ts';
import { Consent, ConsentAudience, HeldAward } from '../../schema/learner.ts';
import { InstantScalar } from '../../schema/scalars.ts';
import { allow } from '../allow.ts';

type Held = z.infer<typeof HeldAwardSchema>;
type Given = z.infer<typeof ConsentSchema>;

/** What the learner who is signed in may see. It comes from awards: the shared registry knows no learners. */
@Resolver(() => HeldAward)
export class HeldAwardsResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => [HeldAward], { nullable: true, description: 'What the learner who is signed in has earned at any institution, the latest first.' })
  async myAwards(
    @Args('asOf', { type: () => InstantScalar, nullable: true, description: 'The moment whose status counts; now unless given.' }) asOf: string | null,
    @Context() request: RequestContext,
  ): Promise<OutputOf<typeof MyAwards>> {
    await allow(request, 'myAwards');
    return this.operations.call(MyAwards, asOf === null ? {} : { asOf }, await request.principal());
  }

  @ResolveField()
  id({ awardId }: Held): string {
    return awardId;
  }

  @ResolveField()
  institution({ institutionCtid }: Held, _: unknown, { loaders }: RequestContext) {
    return loaders.institutions.load(institutionCtid);
  }

  @ResolveField()
  microCredential({ microCredentialCtid, microCredentialVersion }: Held, _: unknown, { loaders }: RequestContext) {
    return loaders.microCredentialVersions.load({ ctid: microCredentialCtid, version: microCredentialVersion });
  }
}

@Resolver(() => Consent)
export class ConsentsResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => [Consent], {
    nullable: true,
    description: 'What the learner who is signed in lets advisors ask, those consents that hold first, and who asked. Ended ones are shown up to 200 in all.',
  })
  async myConsents(@Context() request: RequestContext): Promise<OutputOf<typeof MyConsents>> {
    await allow(request, 'myConsents');
    return this.operations.call(MyConsents, {}, await request.principal());
  }

  @ResolveField()
  id({ consentId }: Given): string {
    return consentId;
  }
}

@Resolver(() => ConsentAudience)
export class ConsentAudienceResolver {
  @ResolveField()
  institution({ institutionCtid }: Given['audience'], _: unknown, { loaders }: RequestContext) {
    return institutionCtid && loaders.institutions.load(institutionCtid);
  }
}
