import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar } from './scalars.ts';

@ObjectType({ description: 'How much the registry holds, and how far behind the newest events it is.' })
export class RegistryStatus {
  @Field(() => Int) institutions!: number;
  @Field(() => Int) microCredentials!: number;
  @Field(() => Int) awards!: number;
  @Field(() => Int) agreements!: number;
  @Field(() => InstantScalar, { nullable: true }) lastEventAt?: string | null;
  @Field(() => Float, { nullable: true, description: 'Milliseconds; 0 when everything that happened is shown. Null when it cannot be told.' })
  projectionLagMs?: number | null;
}
