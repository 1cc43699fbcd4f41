import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AgentType, InstitutionStatus } from '@mcr/contracts';
import type { LanguageMap } from '@mcr/event-kit';
import { connectionOf } from './connection.ts';
import { EnumField } from './from-contracts/enums.ts';

@ObjectType({ description: 'An institution that may issue micro-credentials.' })
export class Institution {
  @Field(() => ID) ctid!: string;
  @Field(() => String, { description: 'The short code by which it is known, such as BCIT.' }) code!: string;
  @Field(() => String) name!: LanguageMap;
  @EnumField(AgentType) agentType!: string;
  @Field(() => String, { description: 'The development region of British Columbia.' }) region!: string;
  @Field(() => String, { nullable: true }) subjectWebpage?: string | null;
  @EnumField(InstitutionStatus) status!: string;
}

@ObjectType()
export class InstitutionConnection extends connectionOf(Institution, 'Institution') {}

@InputType()
export class InstitutionFilterInput {
  @EnumField(InstitutionStatus, { nullable: true }) status?: string | null;
  @EnumField(AgentType, { nullable: true }) agentType?: string | null;
  @Field(() => String, { nullable: true }) region?: string | null;
}

export const InstitutionOrder = { CODE: 'CODE', NAME: 'NAME' } as const;
registerEnumType(InstitutionOrder, { name: 'InstitutionOrder' });
