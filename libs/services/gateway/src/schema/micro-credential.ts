import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DeliveryType, Purpose } from '@mcr/contracts';
import type { LanguageMap } from '@mcr/event-kit';
import { connectionOf } from './connection.ts';
import { CreditLevelType, CreditUnitType, EnumField, MicroCredentialStatus } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { CalendarDateScalar } from './scalars.ts';

@ObjectType()
export class CreditValue {
  @Field(() => Float) value!: number;
  @EnumField(CreditUnitType) creditUnitType!: string;
  @EnumField(CreditLevelType, { nullable: true }) creditLevelType?: string | null;
}

@ObjectType()
export class Competency {
  @Field(() => ID) ctid!: string;
  @Field(() => String) competencyText!: string;
  @Field(() => String, { nullable: true }) competencyLabel?: string | null;
}

@ObjectType({ description: 'A published version of a short, assessed, competency-based program.' })
export class MicroCredential {
  @Field(() => ID) ctid!: string;
  @Field(() => Int) version!: number;
  @Field(() => String) name!: LanguageMap;
  @Field(() => String) description!: LanguageMap;
  @Field(() => Institution, { nullable: true, description: 'Null only until the registry has heard of the institution.' }) ownedBy?: Institution | null;
  @Field(() => [Institution], { description: 'Who offers it, the owner among them.' }) offeredBy!: Institution[];
  @Field(() => String, { nullable: true }) codedNotation?: string | null;
  @Field(() => String, { nullable: true }) subjectWebpage?: string | null;
  @Field(() => Float) totalHours!: number;
  @Field(() => Boolean) isNonCredit!: boolean;
  @Field(() => CreditValue, { nullable: true }) creditValue?: CreditValue | null;
  @EnumField(DeliveryType, { nullable: true }) deliveryType?: string | null;
  @Field(() => CalendarDateScalar, { description: 'The first day on which it could be awarded.' }) dateEffective!: string;
  @Field(() => CalendarDateScalar, { nullable: true }) expirationDate?: string | null;
  @Field(() => [String]) inLanguage!: string[];
  @Field(() => [String]) keyword!: string[];
  @EnumField(Purpose, { nullable: true, description: 'Why it exists, in the words of the B.C. framework.' }) purpose?: string | null;
  @Field(() => String, { nullable: true, description: 'CIP 2021.' }) instructionalProgramType?: string | null;
  @Field(() => [String], { description: 'NOC 2021.' }) occupationType!: string[];
  @Field(() => [Competency]) competencies!: Competency[];
  @EnumField(MicroCredentialStatus) status!: string;
}

@ObjectType()
export class MicroCredentialConnection extends connectionOf(MicroCredential, 'MicroCredential') {}

@InputType()
export class MicroCredentialFilterInput {
  @Field(() => String, { nullable: true, description: 'The code of an institution that owns or offers it.' }) institution?: string | null;
  @EnumField(MicroCredentialStatus, { nullable: true }) status?: string | null;
  @Field(() => Boolean, { nullable: true }) isNonCredit?: boolean | null;
  @Field(() => Float, { nullable: true }) minHours?: number | null;
  @Field(() => Float, { nullable: true }) maxHours?: number | null;
}

export const MicroCredentialOrder = { RELEVANCE: 'RELEVANCE', NAME: 'NAME', TOTAL_HOURS: 'TOTAL_HOURS', NEWEST: 'NEWEST' } as const;
registerEnumType(MicroCredentialOrder, { name: 'MicroCredentialOrder', description: 'RELEVANCE without a search text is the same as NAME.' });
