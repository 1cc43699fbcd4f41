import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { CalendarDateScalar, InstantScalar } from '../scalars.ts';

@ObjectType({ description: 'One place in an answer that is otherwise now.' })
export class AnswerDifference {
  @Field(() => String, { description: 'A JSON pointer (RFC 6901) into the answer.' }) pointer!: string;
  @Field(() => String, { nullable: true, description: 'JSON; null where there was nothing.' }) before?: string | null;
  @Field(() => String, { nullable: true, description: 'JSON; null where there is nothing.' }) after?: string | null;
}

@ObjectType({ description: 'An answer as it was given, and what is answered to the same question now.' })
export class ReplayedAnswer {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'The name of the question.' }) question!: string;
  @Field(() => InstantScalar) givenAt!: string;
  @Field(() => CalendarDateScalar, { description: 'The day that counts.' }) asOf!: string;
  @Field(() => Float, { description: 'The number of the newest change of the facts that were used.' }) graphVersion!: number;
  @Field(() => String, { description: 'JSON, byte for byte as the pathways service gave it.' }) answer!: string;
  @Field(() => Boolean, { description: 'Facts changed since, of whatever kind; the answer may be the same.' }) factsChanged!: boolean;
  @Field(() => String, { nullable: true, description: 'JSON; only where facts changed, and where the question is not refused now.' }) answerNow?: string | null;
  @Field(() => [AnswerDifference], { description: 'Where the answer of now is otherwise.' }) differences!: AnswerDifference[];
  @Field(() => String, { nullable: true, description: 'The code with which the question is refused now.' }) refusedNow?: string | null;
}
