import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Method, RevocationReason } from '@mcr/contracts';
import { connectionOf } from './connection.ts';
import { AwardStatus, EnumField } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { MicroCredential } from './micro-credential.ts';
import { CalendarDateScalar, InstantScalar } from './scalars.ts';
import { VERIFICATION_COMPLEXITY, Verification } from './verification.ts';

@ObjectType({ description: 'A micro-credential that a learner earned. Says nothing of who the learner is.' })
export class Award {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: "The institution's own number of it." }) sourceAwardId!: string;
  @Field(() => Int) revision!: number;
  @Field(() => CalendarDateScalar) awardedDate!: string;
  @Field(() => InstantScalar, { nullable: true }) validFrom?: string | null;
  @Field(() => InstantScalar, { nullable: true }) validUntil?: string | null;
  @EnumField(Method) method!: string;
  @Field(() => Float, { nullable: true }) creditsEarned?: number | null;
  @Field(() => Float, { nullable: true }) hoursCompleted?: number | null;
  @EnumField(AwardStatus, { description: 'What holds at `asOf`, or now.' }) status!: string;
  @EnumField(RevocationReason, { nullable: true }) reasonCode?: string | null;
  @Field(() => Institution, { nullable: true, description: 'Null only until the registry has heard of the institution.' }) institution?: Institution | null;
  @Field(() => MicroCredential, { nullable: true, description: 'The version that was earned. Null only until the registry has heard of it.' })
  microCredential?: MicroCredential | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The signed digital credential as JSON, or as a JWT if its institution signed it so. Null where the caller may not see it, or while there is none.',
  })
  credential?: string | null;
  @Field(() => Verification, {
    complexity: VERIFICATION_COMPLEXITY,
    nullable: true,
    description: 'Its credential, verified now. Null where there is none to be seen.',
  })
  verification?: Verification | null;
}

@ObjectType({ description: 'Whoever may know counts only leaves out `nodes`, `edges` and `pageInfo`.' })
export class AwardConnection extends connectionOf(Award, 'Award', { totalCountIsNullable: true }) {
  @Field(() => Boolean, { description: 'The count is too small to be shown to this caller: it would speak of few people.' }) suppressed!: boolean;
}

@InputType()
export class AwardFilterInput {
  @Field(() => String, { nullable: true, description: 'The code of the institution that awarded it.' }) institution?: string | null;
  @EnumField(AwardStatus, { nullable: true }) status?: (typeof AwardStatus.options)[number] | null;
  @Field(() => ID, { nullable: true, description: 'The ctid of the micro-credential, whatever its version.' }) microCredential?: string | null;
}
