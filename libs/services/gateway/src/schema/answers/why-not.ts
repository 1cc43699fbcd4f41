import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgreementKind, DecidingKey, FixKind, WhyNotCode } from '@mcr/contracts';
import { EnumField } from '../from-contracts/enums.ts';
import { MicroCredential } from '../micro-credential.ts';
import { CalendarDateScalar } from '../scalars.ts';
import { Answered } from './certificate.ts';

@ObjectType({ description: 'Credit that would be granted.' })
export class ProposedGrant {
  @Field(() => String, { nullable: true }) course?: string | null;
  @Field(() => String, { nullable: true }) subject?: string | null;
  @Field(() => Int, { nullable: true }) level?: number | null;
  @Field(() => Float) credits!: number;
  @Field(() => ID, { nullable: true, description: 'A requirement that would count as met.' }) waives?: string | null;
}

@ObjectType({ description: 'What would have to be held.' })
export class ProposedItem {
  @Field(() => ID, { description: 'A CTID.' }) microCredential!: string;
  @Field(() => Float, { nullable: true, description: 'In percent.' }) minGrade?: number | null;
}

@ObjectType({ description: 'What an agreement would say: all of a new one; of one that there is what would be otherwise.' })
export class ProposedTerms {
  @EnumField(AgreementKind, { nullable: true }) kind?: string | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of the sender.' }) sender?: string | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of the receiver.' }) receiver?: string | null;
  @Field(() => [ProposedItem], { nullable: true }) from?: ProposedItem[] | null;
  @Field(() => [ProposedGrant], { nullable: true }) grants?: ProposedGrant[] | null;
  @Field(() => Int, { nullable: true }) priority?: number | null;
  @Field(() => CalendarDateScalar, { nullable: true }) startDate?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'It would have no last day.' }) ongoing?: boolean | null;
  @Field(() => [ID], { nullable: true, description: 'CTIDs of the pathways that it would count for.' }) pathways?: string[] | null;
}

@ObjectType({ description: 'What would have to be otherwise. Which fields there are depends on the kind.' })
export class RecognitionFix {
  @EnumField(FixKind) kind!: string;
  @Field(() => String, { description: 'The same as a sentence.' }) message!: string;
  @Field(() => [ID], { nullable: true, description: 'CTIDs.' }) microCredentials?: string[] | null;
  @Field(() => CalendarDateScalar, { nullable: true }) completedOn?: string | null;
  @Field(() => Float, { nullable: true, description: 'A grade in percent, or what a limit asks for.' }) atLeast?: number | null;
  @Field(() => Float, { nullable: true, description: 'A grade in percent, or what a limit lets count.' }) atMost?: number | null;
  @Field(() => String, { nullable: true }) declares?: string | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of the agreement.' }) agreement?: string | null;
  @Field(() => ProposedTerms, { nullable: true }) terms?: ProposedTerms | null;
  @Field(() => Float, { nullable: true }) credits?: number | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of the pathway.' }) pathway?: string | null;
  @Field(() => ID, { nullable: true, description: 'The id of a requirement, a section or a limit.' }) requirement?: string | null;
  @Field(() => Int, { nullable: true }) maxUses?: number | null;
  @Field(() => [[ID]], { nullable: true, description: 'Pairs of requirements that may share.' }) together?: string[][] | null;
}

@ObjectType({ description: 'Why something is not recognised. Which fields there are depends on the code.' })
export class WhyNotReason {
  @EnumField(WhyNotCode) code!: string;
  @Field(() => String, { description: 'The same as a sentence.' }) message!: string;
  @Field(() => [ID], { nullable: true, description: 'CTIDs.' }) microCredentials?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of another agreement.' }) agreement?: string | null;
  @EnumField(DecidingKey, { nullable: true, description: 'In what the two agreements differ first, in the published order.' }) key?: string | null;
  @Field(() => ID, { nullable: true, description: 'The CTID of an institution.' }) receiver?: string | null;
  @Field(() => [ID], { nullable: true, description: 'CTIDs.' }) pathways?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Ids of requirements, sections or limits.' }) requirements?: string[] | null;
  @Field(() => [String], { nullable: true }) courses?: string[] | null;
  @Field(() => String, { nullable: true }) declares?: string | null;
  @Field(() => String, { nullable: true, description: 'Whose credit is limited together.' }) bucket?: string | null;
  @Field(() => Float, { nullable: true, description: 'So much is there.' }) have?: number | null;
  @Field(() => Float, { nullable: true, description: 'So much is needed.' }) need?: number | null;
  @Field(() => Float, { nullable: true, description: 'No more counts.' }) most?: number | null;
  @Field(() => CalendarDateScalar, { nullable: true }) startDate?: string | null;
  @Field(() => CalendarDateScalar, { nullable: true }) endDate?: string | null;
  @Field(() => Int, { nullable: true }) months?: number | null;
  @Field(() => RecognitionFix, { description: 'What would mend it.' }) fix!: RecognitionFix;
}

@ObjectType({ description: 'One way to be recognised: with every fix in its order it would be, with one left out it would not.' })
export class RecognitionPath {
  @Field(() => ID, { nullable: true, description: 'The CTID of the agreement of the way, if it is one that there is.' }) agreement?: string | null;
  @Field(() => [WhyNotReason], { description: 'All that stands in this way.' }) reasons!: WhyNotReason[];
  @Field(() => [RecognitionFix], { description: 'All that would have to be otherwise, each once.' }) fixes!: RecognitionFix[];
}

@ObjectType({ description: 'Why one held micro-credential is not recognised.' })
export class NotRecognised {
  @Field(() => MicroCredential, { nullable: true, description: 'Null only until the registry has heard of it.' }) microCredential?: MicroCredential | null;
  @Field(() => Boolean, { description: 'It is, after all; then there are no paths.' }) recognised!: boolean;
  @Field(() => [RecognitionPath], { description: 'The nearest way first.' }) paths!: RecognitionPath[];
  @Field(() => Boolean, { description: 'False: the time was over, and there may be other ways.' }) complete!: boolean;
}

@ObjectType({ description: 'Why held micro-credentials are not recognised somewhere, and what would change that.' })
export class WhyNotRecognised extends Answered {
  @Field(() => [NotRecognised]) microCredentials!: NotRecognised[];
}
