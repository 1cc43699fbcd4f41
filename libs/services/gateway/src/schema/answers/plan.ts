import { Field, Float, ID, InputType, Int, IntersectionType, ObjectType } from '@nestjs/graphql';
import { CoreElementKind, DeliveryType, DestinationType, Objective, Proof, Verdict } from '@mcr/contracts';
import { EnumField, enumOf } from '../from-contracts/enums.ts';
import { MicroCredential } from '../micro-credential.ts';
import { Pathway } from '../pathway.ts';
import { Answered, Certified } from './certificate.ts';

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

@InputType({ description: 'Several pathways. All that is said must hold.' })
export class PathwayScopeInput {
  @Field(() => [ID], { nullable: true, description: 'Those of these CTIDs; where none are named, those that can be begun on the day.' }) pathways?:
    string[] | null;
  @EnumField(DestinationType, { nullable: true, description: 'What a learner has at the end.' }) type?: string | null;
  @Field(() => String, { nullable: true, description: 'The code of the institution whose they are.' }) institution?: string | null;
}

@ObjectType({ description: 'Sums over a plan.' })
export class PlanTotals {
  @Field(() => Float, { description: 'Canadian dollars.' }) cost!: number;
  @Field(() => Float, { description: 'Hours of learning.' }) hours!: number;
  @Field(() => Int, { description: 'Micro-credentials.' }) count!: number;
  @Field(() => Int, { description: 'Terms, one after the other.' }) terms!: number;
}

@ObjectType({ description: 'Micro-credentials with which a pathway is complete.' })
export class CompletionPlan extends Certified {
  @Field(() => [MicroCredential], { description: 'What to take.' }) plan!: MicroCredential[];
  @Field(() => PlanTotals, { description: 'Of the plan.' }) totals!: PlanTotals;
  @EnumField(Verdict, { description: 'How the pathway stands with the plan.' }) verdict!: string;
}

/** The order in which totals were made least. */
@ObjectType({ isAbstract: true })
class Ordered extends Answered {
  @Field(() => [objective], { description: 'In the order in which they were made least.' }) objectives!: string[];
}

@ObjectType({ description: 'One thing that was asked for, and that makes a plan impossible together with the others that are named.' })
export class CoreElement {
  @EnumField(CoreElementKind) kind!: string;
  @Field(() => String, { description: 'The same as a sentence.' }) message!: string;
  @Field(() => ID, { nullable: true, description: 'The CTID of the pathway.' }) pathway?: string | null;
  @Field(() => ID, { nullable: true, description: 'The id of a requirement, a section or a limit of the pathway.' }) requirement?: string | null;
  @Field(() => objective, { nullable: true, description: 'Of a budget.' }) objective?: string | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of a micro-credential.' }) microCredential?: string | null;
}

@ObjectType({ isAbstract: true })
class Explained extends Ordered {
  @Field(() => [CoreElement], {
    nullable: true,
    description: 'Only where it is INFEASIBLE: whoever wants a plan has to give up one of these. Of whichever of several: what keeps each of them from it.',
  })
  core?: CoreElement[] | null;
  @Field(() => Boolean, { nullable: true, description: 'There is a plan without any one of the core.' }) coreIsMinimal?: boolean | null;
}

@ObjectType({ description: 'The best further micro-credentials with which a pathway is complete, and what is proven of them.' })
export class CheapestCompletion extends IntersectionType(Certified, Explained) {
  @Field(() => Pathway, {
    nullable: true,
    description: 'The one that was asked for, or the best of several. Null where there is none, or until the registry has heard of it.',
  })
  pathway?: Pathway | null;
  @Field(() => Int, { nullable: true, description: 'The version of the pathway.' }) version?: number | null;
  @EnumField(Proof, { description: 'OPTIMAL: nothing is better. FEASIBLE: a plan, and the bound. INFEASIBLE: there is none. UNKNOWN: the time was over.' })
  proof!: string;
  @Field(() => [MicroCredential], { nullable: true, description: 'What to take; null where no plan was found.' }) plan?: MicroCredential[] | null;
  @Field(() => PlanTotals, { nullable: true, description: 'Of the plan.' }) totals?: PlanTotals | null;
  @EnumField(Verdict, { nullable: true, description: 'How the pathway stands with the plan.' }) verdict?: string | null;
  @Field(() => Float, { nullable: true, description: 'No plan has less of the first objective.' }) bound?: number | null;
  @Field(() => [Pathway], { description: 'Of several pathways those that could still have a better plan.' }) unsolved!: Pathway[];
  @Field(() => [CompletionPlan], { description: 'The next best plans, none of which holds all of one before it.' }) alternatives!: CompletionPlan[];
  @Field(() => Boolean, { description: 'None between them was overlooked.' }) alternativesComplete!: boolean;
}

@ObjectType({ description: 'How much credit one pathway counts that stands on learning which another one counts too.' })
export class SharedCredit {
  @Field(() => ID, { description: 'The CTID of the other pathway.' }) with!: string;
  @Field(() => Float, { description: 'Credits of the one, whatever the other gives for the same.' }) credits!: number;
  @Field(() => Float, { nullable: true, description: 'The most that its share cap allows; null where it has none.' }) most?: number | null;
}

@ObjectType({ description: 'What one of several pathways adds to the plan for all of them. Less than nothing: it lets the others do with less.' })
export class PathwayOfSeveral extends Certified {
  @Field(() => Pathway, { nullable: true, description: 'Null only until the registry has heard of it.' }) pathway?: Pathway | null;
  @Field(() => Int, { description: 'The version of the pathway.' }) version!: number;
  @Field(() => PlanTotals, { nullable: true, description: 'The totals less those of the best plan for the others; null where none was found in time.' })
  adds?: PlanTotals | null;
  @Field(() => Boolean, { description: 'Both plans are proven to be the best.' }) addsIsProven!: boolean;
  @Field(() => [SharedCredit], { description: 'Those of the others with which it shares credit in this plan, or has a share cap.' }) shared!: SharedCredit[];
}

@ObjectType({ description: 'One plan with which several pathways are complete.' })
export class CompletionOfSeveral extends Explained {
  @EnumField(Proof, { description: 'OPTIMAL: nothing is better. FEASIBLE: a plan, and the bound. INFEASIBLE: there is none. UNKNOWN: the time was over.' })
  proof!: string;
  @Field(() => [MicroCredential], { nullable: true, description: 'What to take; null where no plan was found.' }) plan?: MicroCredential[] | null;
  @Field(() => PlanTotals, { nullable: true, description: 'Of the plan.' }) totals?: PlanTotals | null;
  @EnumField(Verdict, { nullable: true, description: 'How the pathways stand with the plan.' }) verdict?: string | null;
  @Field(() => Float, { nullable: true, description: 'No plan has less of the first objective.' }) bound?: number | null;
  @Field(() => [PathwayOfSeveral], { description: 'In the order in which they were named.' }) pathways!: PathwayOfSeveral[];
}

@ObjectType({ description: 'A pathway that can be completed within the budgets, or of which that is not known.' })
export class PathwayInReach {
  @Field(() => Pathway, { nullable: true, description: 'Null only until the registry has heard of it.' }) pathway?: Pathway | null;
  @Field(() => Int, { description: 'The version of the pathway.' }) version!: number;
  @EnumField(Proof, { description: 'OPTIMAL: no plan is better. FEASIBLE: a plan, and the bound. UNKNOWN: the time was over.' }) proof!: string;
  @Field(() => CompletionPlan, { nullable: true, description: 'Null where it is UNKNOWN.' }) plan?: CompletionPlan | null;
  @Field(() => Float, { description: 'No plan has less of the first objective.' }) bound!: number;
}

@ObjectType({ description: 'What can be completed within a budget.' })
export class CredentialsInReach extends Ordered {
  @Field(() => [PathwayInReach], { description: 'The best plan first, then what is UNKNOWN.' }) pathways!: PathwayInReach[];
}

@ObjectType({ description: 'The plans between which objectives leave a choice: none is better in one of them without being worse in another.' })
export class CompletionTradeOffs extends Ordered {
  @Field(() => Pathway, { nullable: true, description: 'Null only until the registry has heard of it.' }) pathway?: Pathway | null;
  @Field(() => Int, { description: 'The version of the pathway.' }) version!: number;
  @Field(() => [CompletionPlan], { description: 'By the first objective, then the second.' }) plans!: CompletionPlan[];
  @Field(() => Boolean, { description: 'False: the time was over, and there may be others.' }) complete!: boolean;
}
