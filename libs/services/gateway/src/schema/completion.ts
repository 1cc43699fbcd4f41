import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { DeliveryType, Measure, Objective, Proof, Verdict } from '@mcr/contracts';
import { TransferAgreement, TransferGrant } from './agreement.ts';
import { EnumField, enumOf } from './from-contracts/enums.ts';
import { MicroCredential } from './micro-credential.ts';
import { Pathway } from './pathway.ts';
import { CalendarDateScalar } from './scalars.ts';

@InputType({ description: 'A micro-credential that a learner has, and until when.' })
export class CompletionInput {
  @Field(() => ID, { description: 'The CTID of the micro-credential.' }) microCredential!: string;
  @Field(() => CalendarDateScalar, { description: 'The day on which it was earned.' }) completedOn!: string;
  @Field(() => Float, { nullable: true, description: 'In percent.' }) grade?: number | null;
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The first day on which it is expired.' }) expiresOn?: string | null;
}

@ObjectType({ description: 'Which piece of credit fills which requirement.' })
export class Placement {
  @Field(() => ID, { description: 'The id of a requirement of the pathway, or of a section.' }) place!: string;
  @Field(() => TransferAgreement, { nullable: true, description: 'The agreement that gives the credit.' }) agreement?: TransferAgreement | null;
  @Field(() => TransferGrant, { nullable: true, description: 'What it gives of it here.' }) grant?: TransferGrant | null;
  @Field(() => MicroCredential, { nullable: true, description: 'The micro-credential that counts itself.' }) microCredential?: MicroCredential | null;
}

@ObjectType({ description: 'How a requirement or a limit stands.' })
export class RequirementReport {
  @Field(() => ID, { description: 'Of the requirement or the limit.' }) id!: string;
  @Field(() => Boolean, { description: 'There is enough.' }) met!: boolean;
  @Field(() => Float, { description: 'So much is there.' }) have!: number;
  @Field(() => Float, { description: 'So much is asked for; of a CAP the most that counts.' }) need!: number;
  @EnumField(Measure, { description: 'Of what.' }) measure!: string;
}

@ObjectType({ description: 'Whether what is held meets a pathway, with the assignment that shows it.' })
export class Audit {
  @Field(() => Pathway, { nullable: true, description: 'Null only until the registry has heard of it.' }) pathway?: Pathway | null;
  @Field(() => Int, { description: 'The version of the pathway that was asked for.' }) version!: number;
  @EnumField(Verdict, { description: 'Whether it is complete, or all but what a person must look at.' }) verdict!: string;
  @Field(() => Boolean, { description: 'False: INCOMPLETE only says that no way was found.' }) proven!: boolean;
  @Field(() => [RequirementReport], { description: 'Every requirement, parents before their children.' }) requirements!: RequirementReport[];
  @Field(() => [RequirementReport], { description: 'Every limit.' }) limits!: RequirementReport[];
  @Field(() => [Placement], { description: 'The assignment: it can be gone through by anybody.' }) assignment!: Placement[];
  @Field(() => [TransferAgreement], { description: 'Those that fill a place, each once.' }) agreements!: TransferAgreement[];
  @Field(() => CalendarDateScalar, { description: 'The day that counts.' }) asOf!: string;
  @Field(() => Float, { description: 'The number of the newest change of the facts that were used.' }) graphVersion!: number;
}

@InputType({ description: 'No total over these; 0 is a budget too.' })
export class PlanBudgetsInput {
  @Field(() => Float, { nullable: true, description: 'Canadian dollars.' }) cost?: number | null;
  @Field(() => Float, { nullable: true, description: 'Hours of learning.' }) hours?: number | null;
  @Field(() => Int, { nullable: true, description: 'Micro-credentials.' }) count?: number | null;
  @Field(() => Int, { nullable: true, description: 'Terms, one after the other.' }) terms?: number | null;
}

const objective = enumOf(Objective);
const delivery = enumOf(DeliveryType);

@InputType({ description: 'What a plan is for, and what it may consist of. What is not said is not asked.' })
export class PlanTermsInput {
  @Field(() => [objective], { nullable: true, description: 'What is to be least, the first before the second; the others follow.' }) objectives?:
    string[] | null;
  @Field(() => PlanBudgetsInput, { nullable: true, description: 'What no total may be over.' }) budgets?: PlanBudgetsInput | null;
  @Field(() => [String], { nullable: true, description: 'Codes: micro-credentials of these institutions only.' }) institutions?: string[] | null;
  @Field(() => [delivery], { nullable: true, description: 'Delivered in these ways only.' }) deliveries?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'CTIDs of micro-credentials that must be in it.' }) forced?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'CTIDs of micro-credentials that may not be in it.' }) forbidden?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'So long the search may take; 2,000, at most 5,000.' }) timeBudgetMs?: number | null;
}

@ObjectType({ description: 'Sums over a plan.' })
export class PlanTotals {
  @Field(() => Float, { description: 'Canadian dollars.' }) cost!: number;
  @Field(() => Float, { description: 'Hours of learning.' }) hours!: number;
  @Field(() => Int, { description: 'Micro-credentials.' }) count!: number;
  @Field(() => Int, { description: 'Terms, one after the other.' }) terms!: number;
}

@ObjectType({ description: 'The best further micro-credentials with which a pathway is complete, and what is proven of them.' })
export class CheapestCompletion {
  @Field(() => Pathway, { nullable: true, description: 'Null only until the registry has heard of it.' }) pathway?: Pathway | null;
  @Field(() => Int, { description: 'The version of the pathway that was asked for.' }) version!: number;
  @EnumField(Proof, { description: 'OPTIMAL: nothing is better. FEASIBLE: a plan, and the bound. INFEASIBLE: there is none. UNKNOWN: the time was over.' })
  proof!: string;
  @Field(() => [MicroCredential], { nullable: true, description: 'What to take; null where no plan was found.' }) plan?: MicroCredential[] | null;
  @Field(() => PlanTotals, { nullable: true, description: 'Of the plan.' }) totals?: PlanTotals | null;
  @EnumField(Verdict, { nullable: true, description: 'How the pathway stands with the plan.' }) verdict?: string | null;
  @Field(() => [Placement], { description: 'The assignment with the plan: it can be gone through by anybody.' }) assignment!: Placement[];
  @Field(() => [TransferAgreement], { description: 'Those that fill a place, each once.' }) agreements!: TransferAgreement[];
  @Field(() => Float, { nullable: true, description: 'No plan has less of the first objective.' }) bound?: number | null;
  @Field(() => [objective], { description: 'In the order in which they were made least.' }) objectives!: string[];
  @Field(() => CalendarDateScalar, { description: 'The day that counts.' }) asOf!: string;
  @Field(() => Float, { description: 'The number of the newest change of the facts that were used.' }) graphVersion!: number;
}
