import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { DecidingKey, RecognitionReason as ReasonCode, RecognitionStatus } from '@mcr/contracts';
import { TransferAgreement, TransferGrant } from '../agreement.ts';
import { EnumField } from '../from-contracts/enums.ts';
import { Institution } from '../institution.ts';
import { MicroCredential } from '../micro-credential.ts';
import { CalendarDateScalar } from '../scalars.ts';
import { Answered } from './certificate.ts';

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
  @Field(() => ID, { nullable: true, description: 'Of an agreement that lost: the CTID of the other one, which goes first.' }) agreement?: string | null;
  @EnumField(DecidingKey, { nullable: true, description: 'In what the two differ first, in the published order.' }) key?: string | null;
}

@ObjectType({ description: 'What one agreement gives for what is held, or why it gives nothing.' })
export class Recognition extends Answered {
  @Field(() => Institution, { nullable: true, description: 'Who gives it.' }) receiver?: Institution | null;
  @Field(() => TransferAgreement, { nullable: true }) agreement?: TransferAgreement | null;
  @Field(() => [MicroCredential], { description: 'Those of the held ones that the answer is about.' }) microCredentials!: MicroCredential[];
  @EnumField(RecognitionStatus) status!: string;
  @Field(() => [TransferGrant]) grants!: TransferGrant[];
  @Field(() => [RecognitionReason]) reasons!: RecognitionReason[];
}
