import { Args, ID } from '@nestjs/graphql';
import { CompletionInput } from '../../schema/answers/certificate.ts';
import { PlanTermsInput } from '../../schema/answers/plan.ts';
import { CalendarDateScalar } from '../../schema/scalars.ts';

// What is common to the questions: whose question it is, and about which pathway.
export const Held = () => Args('held', { type: () => [CompletionInput], description: 'What the learner has.' });
export const Declares = () =>
  Args('declares', { type: () => [String], nullable: true, description: 'What else is true of the learner, in the words of agreements and pathways.' });
export const AsOf = () => Args('asOf', { type: () => CalendarDateScalar, nullable: true, description: 'The day that counts; today unless given.' });
export const OfPathway = () => Args('pathway', { type: () => ID, description: 'The CTID of the pathway.' });
export const Terms = () => Args('terms', { type: () => PlanTermsInput, nullable: true, description: 'What is to be least, and what a plan may consist of.' });
