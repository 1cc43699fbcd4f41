import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DecidingKey } from '@mcr/contracts';
import { TransferAgreement, TransferGrant } from '../agreement.ts';
import { AwardStatus, EnumField } from '../from-contracts/enums.ts';
import { MicroCredential } from '../micro-credential.ts';
import { CalendarDateScalar } from '../scalars.ts';

@InputType({ description: 'A micro-credential that a learner has, and until when.' })
export class CompletionInput {
  @Field(() => ID, { description: 'The CTID of the micro-credential.' }) microCredential!: string;
  @Field(() => CalendarDateScalar, { description: 'The day on which it was earned.' }) completedOn!: string;
  @Field(() => Float, { nullable: true, description: 'In percent.' }) grade?: number | null;
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The first day on which it is expired.' }) expiresOn?: string | null;
}

@ObjectType({ description: 'Which piece of credit fills which requirement.' })
export class Placement {
  @Field(() => ID, { description: 'The id of a requirement of the pathway, or of a section.' }) place!: string;
  @Field(() => TransferAgreement, { nullable: true, description: 'The agreement that gives the credit.' }) agreement?: TransferAgreement | null;
  @Field(() => TransferGrant, { nullable: true, description: 'What it gives of it here.' }) grant?: TransferGrant | null;
  @Field(() => MicroCredential, { nullable: true, description: 'The micro-credential that counts itself.' }) microCredential?: MicroCredential | null;
}

@ObjectType({ description: 'An agreement that applied and gives nothing, because another one for the same learning goes first.' })
export class LostAgreement {
  @Field(() => TransferAgreement, { nullable: true, description: 'The one that lost.' }) agreement?: TransferAgreement | null;
  @Field(() => TransferAgreement, { nullable: true, description: 'The one that goes first.' }) to?: TransferAgreement | null;
  @EnumField(DecidingKey, { description: 'In what they differ first, in the published order.' }) key!: string;
}

@ObjectType({ isAbstract: true })
export class Certified {
  @Field(() => [Placement], { description: 'The assignment: it can be gone through by anybody.' }) assignment!: Placement[];
  @Field(() => [TransferAgreement], { description: 'Those that fill a place, each once.' }) agreements!: TransferAgreement[];
  @Field(() => [LostAgreement], { description: 'Those that applied too, and lost to others for the same learning.' }) lost!: LostAgreement[];
}

@ObjectType({ description: 'An award that a question was about.' })
export class AwardInQuestion {
  @Field(() => ID, { description: 'The id of the award.' }) award!: string;
  @Field(() => MicroCredential, { nullable: true, description: 'Null only until the registry has heard of it.' }) microCredential?: MicroCredential | null;
  @Field(() => CalendarDateScalar, { description: 'The day on which it was awarded.' }) completedOn!: string;
  @EnumField(AwardStatus, { description: 'What holds of it when the day that counts ends.' }) status!: string;
}

/** Of which day an answer speaks, and by which facts. */
@ObjectType({ isAbstract: true })
export class Answered {
  @Field(() => CalendarDateScalar, { description: 'The day that counts.' }) asOf!: string;
  @Field(() => Float, { description: 'The number of the newest change of the facts that were used.' }) graphVersion!: number;
  @Field(() => ID, {
    nullable: true,
    description: 'Under it whoever asked can have the answer again for a year: of somebody signed in the first 500 of a day.',
  })
  answerId?: string | null;
  @Field(() => [AwardInQuestion], {
    nullable: true,
    description: 'Of a question by consent, or of a learner: all awards that it was about, also those that do not count.',
  })
  awards?: AwardInQuestion[] | null;
}
