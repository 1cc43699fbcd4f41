import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { RecognitionReason as ReasonCode, RecognitionStatus } from '@mcr/contracts';
import { TransferAgreement, TransferGrant } from './agreement.ts';
import { EnumField } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { MicroCredential } from './micro-credential.ts';
import { CalendarDateScalar } from './scalars.ts';

@InputType({ description: 'A micro-credential that a learner has, and when it was completed.' })
export class HeldMicroCredentialInput {
  @Field(() => ID) microCredential!: string;
  @Field(() => CalendarDateScalar) completedOn!: string;
  @Field(() => Float, { nullable: true, description: 'In percent.' }) grade?: number | null;
}

@ObjectType()
export class RecognitionReason {
  @EnumField(ReasonCode) code!: string;
  @Field(() => String) message!: string;
}

@ObjectType({ description: 'What one agreement gives for what is held, or why it gives nothing.' })
export class Recognition {
  @Field(() => Institution, { nullable: true, description: 'Who gives it.' }) receiver?: Institution | null;
  @Field(() => TransferAgreement, { nullable: true }) agreement?: TransferAgreement | null;
  @Field(() => [MicroCredential], { description: 'Those of the held ones that the answer is about.' }) microCredentials!: MicroCredential[];
  @EnumField(RecognitionStatus) status!: string;
  @Field(() => [TransferGrant]) grants!: TransferGrant[];
  @Field(() => [RecognitionReason]) reasons!: RecognitionReason[];
}
