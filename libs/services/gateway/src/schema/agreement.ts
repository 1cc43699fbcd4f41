import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { AgreementKind, AgreementStatus, SignedThrough } from '@mcr/contracts';
import { connectionOf } from './connection.ts';
import { EnumField } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { MicroCredential } from './micro-credential.ts';
import { Pathway } from './pathway.ts';
import { CalendarDateScalar } from './scalars.ts';

@ObjectType({ description: 'What must have been earned, and how well.' })
export class TransferValueFrom {
  @Field(() => MicroCredential, { nullable: true }) microCredential?: MicroCredential | null;
  @Field(() => Float, { nullable: true, description: 'In percent.' }) minGrade?: number | null;
  @Field(() => Float, { nullable: true, description: 'In percent; above it another agreement may give more.' }) maxGrade?: number | null;
}

@ObjectType({ description: 'A course that is given, or credit of a subject and level without one.' })
export class TransferGrant {
  @Field(() => String, { nullable: true }) course?: string | null;
  @Field(() => String) subject!: string;
  @Field(() => Int, { nullable: true }) level?: number | null;
  @Field(() => [String], { nullable: true, description: 'Two-digit series of CIP 2021.' }) areas?: string[] | null;
  @Field(() => Float) credits!: number;
  @Field(() => ID, { nullable: true, description: 'The id of a requirement of the receiver’s pathways that counts as met.' }) waives?: string | null;
}

@ObjectType({ description: 'What must be declared of a learner.' })
export class AgreementCondition {
  @Field(() => String, { description: 'The word by which a question declares it.' }) declares!: string;
  @Field(() => String) text!: string;
}

@ObjectType({ description: 'That an institution signed an agreement, and on which day.' })
export class AgreementSignature {
  @Field(() => Institution, { nullable: true, description: 'Null only until the registry has heard of it.' }) institution?: Institution | null;
  @Field(() => CalendarDateScalar) signedOn!: string;
  @EnumField(SignedThrough, { description: 'INSTITUTION: its staff signed here. REGISTRAR: the ministry listed what was signed elsewhere.' })
  through!: string;
}

@ObjectType({ description: 'What one institution gives for micro-credentials of another. One-way.' })
export class TransferAgreement {
  @Field(() => ID) id!: string;
  @Field(() => ID) ctid!: string;
  @EnumField(AgreementKind) kind!: string;
  @Field(() => CalendarDateScalar) startDate!: string;
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The last day. None: ongoing.' }) endDate?: string | null;
  @EnumField(AgreementStatus, { description: 'On the day of `asOf`, or today.' }) status!: string;
  @Field(() => String, { nullable: true, description: 'Why it was declined or terminated.' }) reason?: string | null;
  @Field(() => Int, { description: 'Counts what happened to it; a command may expect it.' }) version!: number;
  @Field(() => Institution, { nullable: true }) sender?: Institution | null;
  @Field(() => Institution, { nullable: true }) receiver?: Institution | null;
  @Field(() => [TransferValueFrom], { description: 'All of them are needed together.' }) from!: TransferValueFrom[];
  @Field(() => [TransferGrant]) grants!: TransferGrant[];
  @Field(() => Int, { description: 'Of agreements for the same learning the one with the larger number counts.' }) priority!: number;
  @Field(() => Int, { nullable: true, description: 'What was completed more months ago does not count.' }) maxAgeMonths?: number | null;
  @Field(() => Boolean, { description: 'An award that has expired does not count.' }) requiresUnexpired!: boolean;
  @Field(() => [Pathway], { nullable: true, description: 'It counts towards these only; towards all where it is null.' }) programScope?: Pathway[] | null;
  @Field(() => [AgreementCondition]) conditions!: AgreementCondition[];
  @Field(() => String, { nullable: true, description: 'Credit of a bucket is limited together by a pathway.' }) capBucket?: string | null;
  @Field(() => String, { nullable: true, description: 'Of a group at one receiver only one agreement applies.' }) exclusiveGroup?: string | null;
  @Field(() => String, { nullable: true, description: 'What the evaluation was based on.' }) evidenceUrl?: string | null;
  @Field(() => [AgreementSignature], { description: 'The sender’s first.' }) signatures!: AgreementSignature[];
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
