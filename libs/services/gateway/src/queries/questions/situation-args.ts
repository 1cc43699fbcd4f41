import { Args, ArgsType, Field, ID } from '@nestjs/graphql';
import { CompletionInput } from '../../schema/answers/certificate.ts';
import { PlanTermsInput } from '../../schema/answers/plan.ts';
import { CalendarDateScalar } from '../../schema/scalars.ts';

// What is common to the questions: whose question it is, and about which pathway.

/** By which consent, or for oneself: instead of what is held. */
@ArgsType()
export class LearnerArgs {
  @Field(() => ID, { nullable: true, description: 'Or else the consent of a learner by which you ask as an advisor. The learner sees that you did.' })
  consent?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Or else that you are the learner and ask for yourself.' }) mine?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'What else is true of the learner, in the words of agreements and pathways.' })
  declares?: string[] | null;
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The day that counts; today unless given.' }) asOf?: string | null;
}

/** Whose question it is, with what is held. */
@ArgsType()
export class SituationArgs extends LearnerArgs {
  @Field(() => [CompletionInput], { nullable: true, description: 'What the learner has.' }) held?: CompletionInput[] | null;
}

/** These arguments alone: Nest hands over all that the field was given. */
export const situationIn = ({ held, consent, mine, declares, asOf }: SituationArgs) => ({ held, consent, mine, declares, asOf });

export const OfPathway = () => Args('pathway', { type: () => ID, description: 'The CTID of the pathway.' });
export const Terms = () => Args('terms', { type: () => PlanTermsInput, nullable: true, description: 'What is to be least, and what a plan may consist of.' });
