import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { AgreementKind } from '@mcr/contracts';
import { connectionOf } from './connection.ts';
import { AgreementStatus, EnumField } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { MicroCredential } from './micro-credential.ts';
import { CalendarDateScalar } from './scalars.ts';

@ObjectType({ description: 'What must have been earned, and how well.' })
export class TransferValueFrom {
  @Field(() => MicroCredential, { nullable: true }) microCredential?: MicroCredential | null;
  @Field(() => Float, { nullable: true }) minGrade?: number | null;
}

@ObjectType({ description: 'A course that is given, or credit of a subject and level without one.' })
export class TransferGrant {
  @Field(() => String, { nullable: true }) course?: string | null;
  @Field(() => String) subject!: string;
  @Field(() => Int, { nullable: true }) level?: number | null;
  @Field(() => Float) credits!: number;
}

@ObjectType({ description: 'What one institution gives for micro-credentials of another. One-way.' })
export class TransferAgreement {
  @Field(() => ID) id!: string;
  @Field(() => ID) ctid!: string;
  @EnumField(AgreementKind) kind!: string;
  @Field(() => CalendarDateScalar) startDate!: string;
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The last day. None: ongoing.' }) endDate?: string | null;
  @EnumField(AgreementStatus, { description: 'On the day of `asOf`, or today.' }) status!: string;
  @Field(() => Institution, { nullable: true }) sender?: Institution | null;
  @Field(() => Institution, { nullable: true }) receiver?: Institution | null;
  @Field(() => [TransferValueFrom], { description: 'All of them are needed together.' }) from!: TransferValueFrom[];
  @Field(() => [TransferGrant]) grants!: TransferGrant[];
}

@ObjectType()
export class TransferAgreementConnection extends connectionOf(TransferAgreement, 'TransferAgreement') {}

@InputType()
export class TransferAgreementFilterInput {
  @Field(() => String, { nullable: true, description: 'The code of the sending institution.' }) sender?: string | null;
  @Field(() => String, { nullable: true, description: 'The code of the receiving institution.' }) receiver?: string | null;
  @Field(() => ID, { nullable: true, description: 'The ctid of a micro-credential that it begins from.' }) microCredential?: string | null;
  @EnumField(AgreementStatus, { nullable: true }) status?: (typeof AgreementStatus.options)[number] | null;
}
