import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type HeldAward as HeldAwardSchema, VerifyCredential } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { Award as AwardOfRegistry } from '@mcr/registry-store/read';
import type { z } from 'zod';
import { RequestContext } from '../../graphql/request-context.ts';
import { Award } from '../../schema/award.ts';
import { HeldAward } from '../../schema/learner.ts';
import { InstantScalar } from '../../schema/scalars.ts';
import { VERIFICATION_COMPLEXITY, Verification } from '../../schema/verification.ts';
import { asked } from '../questions/asked.ts';
import { AwardCredentials } from './award-credentials.ts';

@Resolver(() => Award)
export class AwardCredentialResolver {
  constructor(private readonly credentials: AwardCredentials) {}

  @ResolveField()
  credential({ id }: AwardOfRegistry, _: unknown, request: RequestContext) {
    return this.credentials.credential(id, request);
  }

  @ResolveField()
  verification({ id }: AwardOfRegistry, _: unknown, request: RequestContext) {
    return this.credentials.verification(id, request);
  }
}

@Resolver(() => HeldAward)
export class HeldCredentialResolver {
  constructor(private readonly credentials: AwardCredentials) {}

  @ResolveField()
  credential({ awardId }: z.infer<typeof HeldAwardSchema>, _: unknown, request: RequestContext) {
    return this.credentials.credential(awardId, request);
  }

  @ResolveField()
  verification({ awardId }: z.infer<typeof HeldAwardSchema>, _: unknown, request: RequestContext) {
    return this.credentials.verification(awardId, request);
  }
}

/** "Is this real?", for everybody. */
@Resolver(() => Verification)
export class VerificationResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => Verification, {
    complexity: VERIFICATION_COMPLEXITY,
    nullable: true,
    description: 'Verifies a digital credential that anybody presents. Nothing of it is kept.',
  })
  verifyCredential(
    @Args('credential', { type: () => String, description: 'Its JSON as a text, or a JWT.' }) credential: string,
    @Args('asOf', { type: () => InstantScalar, nullable: true, description: 'The moment whose status counts; now unless given.' }) asOf: string | null,
    @Context() request: RequestContext,
  ): Promise<OutputOf<typeof VerifyCredential>> {
    return asked(this.operations, VerifyCredential, { credential, asOf }, request);
  }
}
