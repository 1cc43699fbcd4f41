import { Field, Float, ID, Int, IntersectionType, ObjectType } from '@nestjs/graphql';
import { Measure, Verdict } from '@mcr/contracts';
import { EnumField } from '../from-contracts/enums.ts';
import { Pathway } from '../pathway.ts';
import { Answered, Certified } from './certificate.ts';

@ObjectType({ description: 'How a requirement or a limit stands.' })
export class RequirementReport {
  @Field(() => ID, { description: 'Of the requirement or the limit.' }) id!: string;
  @Field(() => Boolean, { description: 'There is enough.' }) met!: boolean;
  @Field(() => Float, { description: 'So much is there.' }) have!: number;
  @Field(() => Float, { description: 'So much is asked for; of a CAP the most that counts.' }) need!: number;
  @EnumField(Measure, { description: 'Of what.' }) measure!: string;
}

@ObjectType({ description: 'Whether what is held meets a pathway, with the assignment that shows it.' })
export class Audit extends IntersectionType(Certified, Answered) {
  @Field(() => Pathway, { nullable: true, description: 'Null only until the registry has heard of it.' }) pathway?: Pathway | null;
  @Field(() => Int, { description: 'The version of the pathway that was asked for.' }) version!: number;
  @EnumField(Verdict, { description: 'Whether it is complete, or all but what a person must look at.' }) verdict!: string;
  @Field(() => Boolean, { description: 'False: INCOMPLETE only says that no way was found.' }) proven!: boolean;
  @Field(() => [RequirementReport], { description: 'Every requirement, parents before their children.' }) requirements!: RequirementReport[];
  @Field(() => [RequirementReport], { description: 'Every limit.' }) limits!: RequirementReport[];
}
