import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { ConsentPurpose, ConsentScope, ConsentStatus, Method, RevocationReason } from '@mcr/contracts';
import { AwardStatus, EnumField } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { MicroCredential } from './micro-credential.ts';
import { CalendarDateScalar, InstantScalar } from './scalars.ts';
import { VERIFICATION_COMPLEXITY, Verification } from './verification.ts';

@ObjectType({ description: 'An award as its own learner sees it.' })
export class HeldAward {
  @Field(() => ID) id!: string;
  @Field(() => CalendarDateScalar) awardedDate!: string;
  @Field(() => InstantScalar, { nullable: true }) validFrom?: string | null;
  @Field(() => InstantScalar, { nullable: true }) validUntil?: string | null;
  @EnumField(Method) method!: string;
  @Field(() => Float, { nullable: true }) creditsEarned?: number | null;
  @Field(() => Float, { nullable: true }) hoursCompleted?: number | null;
  @EnumField(AwardStatus, { description: 'What holds at `asOf`, or now.' }) status!: string;
  @EnumField(RevocationReason, { nullable: true }) reasonCode?: string | null;
  @Field(() => Institution, { nullable: true, description: 'Who awarded it. Null only until the registry has heard of the institution.' })
  institution?: Institution | null;
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

@ObjectType({ description: 'Who may ask by a consent: one advisor, or the advisors of an institution.' })
export class ConsentAudience {
  @Field(() => String, { nullable: true, description: "The advisor's sign-in subject." }) advisor?: string | null;
  @Field(() => Institution, { nullable: true, description: 'The institution whose advisors may ask.' }) institution?: Institution | null;
}

@ObjectType({ description: 'One question that was answered by a consent.' })
export class ConsentUse {
  @Field(() => InstantScalar) usedAt!: string;
  @Field(() => String, { description: 'The sign-in subject of the advisor who asked.' }) usedBy!: string;
  @Field(() => String, { description: 'Which question it was, such as `audit`.' }) question!: string;
}

@ObjectType({ description: "A learner's permission that advisors ask what awards count for." })
export class Consent {
  @Field(() => ID, { description: 'By this an advisor asks.' }) id!: string;
  @EnumField(ConsentScope, { description: 'ALL: also later awards. LISTED: those of `awards`.' }) scope!: string;
  @Field(() => [ID], { nullable: true, description: 'The ids of the awards; of LISTED only.' }) awards?: string[] | null;
  @Field(() => ConsentAudience) audience!: ConsentAudience;
  @EnumField(ConsentPurpose) purpose!: string;
  @Field(() => InstantScalar) grantedAt!: string;
  @Field(() => InstantScalar, { description: 'From then on nobody may ask by it.' }) expiresAt!: string;
  @Field(() => InstantScalar, { nullable: true }) withdrawnAt?: string | null;
  @EnumField(ConsentStatus) status!: string;
  @Field(() => [ConsentUse], { nullable: true, description: 'The latest hundred, the latest first; null where it was only just changed.' })
  uses?: ConsentUse[] | null;
  @Field(() => Int, { nullable: true, description: 'How often it was used at all.' }) useCount?: number | null;
}
