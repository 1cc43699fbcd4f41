import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { EnumField, ShareStatus } from './from-contracts/enums.ts';
import { InstantScalar } from './scalars.ts';

@ObjectType({ description: 'How a learner shows the credential of one award to whom they choose.' })
export class Share {
  @Field(() => ID, { name: 'id' }) shareId!: string;
  @Field(() => ID, { name: 'award', description: 'The id of the award.' }) awardId!: string;
  @Field(() => InstantScalar) createdAt!: string;
  @Field(() => InstantScalar, { description: 'From then on nothing is shown by it.' }) expiresAt!: string;
  @EnumField(ShareStatus, { description: 'ENDED: by the learner, or because its time is over.' }) status!: string;
  @Field(() => Int, { description: 'How often it was used.' }) views!: number;
  @Field(() => InstantScalar, { nullable: true }) lastViewedAt?: string | null;
}

@ObjectType({ description: 'A share that was made just now. Its token is told this once.' })
export class NewShare extends Share {
  @Field(() => String, { description: 'Whoever has it reads and verifies the credential.' }) shareToken!: string;
  @Field(() => String, { description: 'Where the credential is read with it.' }) url!: string;
}
