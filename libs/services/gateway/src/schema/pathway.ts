import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DestinationType, DistinctBy, PathwayKind, PathwayLimitKind, PathwayStatus, RequirementNode } from '@mcr/contracts';
import type { LanguageMap } from '@mcr/event-kit';
import { connectionOf } from './connection.ts';
import { EnumField } from './from-contracts/enums.ts';
import { Institution } from './institution.ts';
import { MicroCredential } from './micro-credential.ts';
import { CalendarDateScalar } from './scalars.ts';

@ObjectType({ description: 'Which credit a requirement takes. What is null is not asked; nothing at all takes everything.' })
export class RequirementFilter {
  @Field(() => [String], { nullable: true, description: 'Any one of these subjects.' }) subjects?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'The least level, as in course numbers.' }) minLevel?: number | null;
  @Field(() => Int, { nullable: true, description: 'The highest level.' }) maxLevel?: number | null;
  @Field(() => [String], { nullable: true, description: 'Any one of these two-digit series of CIP 2021.' }) areas?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Any one of these courses.' }) courses?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'CTIDs; any one of these, held itself.' }) microCredentials?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'CTIDs of institutions, any one of these.' }) issuers?: string[] | null;
}

@ObjectType({ description: 'One area of several in which credit is asked for.' })
export class RequirementSection {
  @Field(() => ID, { description: 'Unique within the pathway.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'What people call it.' }) title?: string | null;
  @Field(() => RequirementFilter, { description: 'Which credit it takes.' }) from!: RequirementFilter;
}

@ObjectType({ description: 'One requirement of a pathway. The tree is listed with parents before their children.' })
export class PathwayRequirement {
  @Field(() => ID, { description: 'Unique within the pathway.' }) id!: string;
  @EnumField(RequirementNode, { description: 'What is asked for; it says which of the other fields are there.' }) node!: string;
  @Field(() => ID, { nullable: true, description: 'The requirement that it is a part of; null for the whole.' }) parent?: string | null;
  @Field(() => String, { nullable: true, description: 'What people call it.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'COURSE: the course.' }) course?: string | null;
  @Field(() => ID, { nullable: true, description: 'CRED: the CTID of the micro-credential.' }) microCredential?: string | null;
  @Field(() => Float, { nullable: true, description: 'CRED: the least grade, in percent.' }) minGrade?: number | null;
  @Field(() => Int, { nullable: true, description: 'CRED: it was completed at most so many months ago.' }) maxAgeMonths?: number | null;
  @Field(() => Float, { nullable: true, description: 'CREDITS: credits; COUNT, DISTINCT, SECTIONS: how many.' }) min?: number | null;
  @Field(() => Float, { nullable: true, description: 'AT_MOST: no more than this counts.' }) max?: number | null;
  @Field(() => Int, { nullable: true, description: 'SECTIONS: the largest ones, which are counted.' }) most?: number | null;
  @Field(() => Float, { nullable: true, description: 'SECTIONS: credits in each that is met.' }) each?: number | null;
  @Field(() => Float, { nullable: true, description: 'SECTIONS: credits in all that are counted.' }) total?: number | null;
  @Field(() => Int, { nullable: true, description: 'K_OF: how many of its parts.' }) k?: number | null;
  @EnumField(DistinctBy, { nullable: true, description: 'DISTINCT: of what there must be different ones.' }) by?: string | null;
  @Field(() => String, { nullable: true, description: 'IF: what the learner declares for the first part; the second is for others.' }) declares?: string | null;
  @Field(() => String, { nullable: true, description: 'MANUAL: what a person has to look at.' }) text?: string | null;
  @Field(() => RequirementFilter, { nullable: true, description: 'Which credit it takes.' }) from?: RequirementFilter | null;
  @Field(() => [RequirementSection], { nullable: true, description: 'SECTIONS: the areas.' }) sections?: RequirementSection[] | null;
}

@ObjectType({ description: 'What holds for all credit that is counted together.' })
export class PathwayLimit {
  @Field(() => ID, { description: 'Unique within the pathway.' }) id!: string;
  @EnumField(PathwayLimitKind, { description: 'What is limited.' }) limit!: string;
  @Field(() => Float, { nullable: true, description: 'The least: credits, or for GPA percent.' }) min?: number | null;
  @Field(() => Int, { nullable: true, description: 'LEVEL: from this level up.' }) level?: number | null;
  @Field(() => String, { nullable: true, description: 'CAP: the bucket of agreements.' }) bucket?: string | null;
  @Field(() => Float, { nullable: true, description: 'CAP: no more credits than this count.' }) max?: number | null;
}

@ObjectType({ description: 'How much of the credit that a pathway counts may stand on learning that another one counts too: credits or percent.' })
export class PathwayShareCap {
  @Field(() => ID, { nullable: true, description: 'The CTID of the other pathway. Null: every other one that no cap names.' }) with?: string | null;
  @Field(() => Float, { nullable: true, description: 'No more credits than this.' }) credits?: number | null;
  @Field(() => Float, { nullable: true, description: 'No more than this of all credit that the pathway counts.' }) percent?: number | null;
}

@ObjectType({ description: 'How often one piece of credit may be used, in a pathway and beside others.' })
export class PathwaySharing {
  @Field(() => Int, { description: 'In so many places at most.' }) maxUses!: number;
  @Field(() => [[ID]], { nullable: true, description: 'Where it is given, only these pairs of requirements may share.' }) together?: string[][] | null;
  @Field(() => [PathwayShareCap], { nullable: true, description: 'What it may share with other pathways; null: everything.' }) across?:
    PathwayShareCap[] | null;
}

@ObjectType({ description: 'What an institution asks for a credential: the newest version of it. Another one may judge a day before its startDate.' })
export class Pathway {
  @Field(() => ID, { description: 'Its CTID.' }) ctid!: string;
  @Field(() => Int, { description: 'Counts its versions: 1, 2, 3 …' }) version!: number;
  @Field(() => String, { description: 'The name of the credential.' }) name!: LanguageMap;
  @Field(() => Institution, { nullable: true, description: 'Who gives the credential. Null only until the registry has heard of the institution.' })
  ownedBy?: Institution | null;
  @EnumField(PathwayKind, { description: 'STACK: micro-credentials build up to it. LADDER: it leads into larger credentials.' }) kind!: string;
  @EnumField(DestinationType, { description: 'What a learner has at the end.' }) destinationType!: string;
  @Field(() => MicroCredential, { nullable: true, description: 'The micro-credential that a learner has at the end, where it is one.' })
  destination?: MicroCredential | null;
  @Field(() => CalendarDateScalar, { description: 'The first day on which anybody can begin it.' }) startDate!: string;
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The last day. None: ongoing.' }) endDate?: string | null;
  @EnumField(PathwayStatus, { description: 'Nobody can begin a retired one any more.' }) status!: string;
  @Field(() => [PathwayRequirement], { description: 'The tree of requirements, parents before their children.' }) requirements!: PathwayRequirement[];
  @Field(() => [PathwayLimit], { description: 'What holds for all credit together.' }) limits!: PathwayLimit[];
  @Field(() => PathwaySharing, { nullable: true, description: 'None: one piece of credit is used once.' }) sharing?: PathwaySharing | null;
}

@ObjectType()
export class PathwayConnection extends connectionOf(Pathway, 'Pathway') {}

@InputType()
export class PathwayFilterInput {
  @Field(() => String, { nullable: true, description: 'The code of the institution that gives the credential.' }) institution?: string | null;
  @EnumField(PathwayKind, { nullable: true, description: 'Only of this kind.' }) kind?: string | null;
  @EnumField(DestinationType, { nullable: true, description: 'Only those that lead to this.' }) destinationType?: string | null;
  @EnumField(PathwayStatus, { nullable: true, description: 'Only those that stand so.' }) status?: string | null;
}
