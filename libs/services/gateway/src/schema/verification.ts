import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CheckOutcome, CredentialStatus, VerificationVerdict } from '@mcr/contracts';
import { FaultType } from '../mutations/refusal-types.ts';
import { EnumField } from './from-contracts/enums.ts';
import { InstantScalar } from './scalars.ts';

/** To verify one credential is the work of so many fields: an operation has at most about a page of them. */
export const VERIFICATION_COMPLEXITY = 30;

@ObjectType({ description: 'What a digital credential names, by its own word for it.' })
export class NamedInCredential {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) name?: string | null;
}

@ObjectType({ description: 'One question about a digital credential, and what came of it.' })
export class VerificationCheck {
  @Field(() => ID) id!: string;
  @EnumField(CheckOutcome, { description: 'UNKNOWN: could not be found out. SKIPPED: not asked, because an earlier check failed.' }) outcome!: string;
  @Field(() => String) code!: string;
  @Field(() => String) message!: string;
  @Field(() => InstantScalar) checkedAt!: string;
  @Field(() => String, { description: 'Where the answer comes from.' }) source!: string;
  @Field(() => [FaultType], { nullable: true, description: 'Every place of the document that is wrong.' }) faults?: FaultType[] | null;
}

@ObjectType({ description: 'The answer to "is this real?", check by check.' })
export class Verification {
  @EnumField(VerificationVerdict, { description: 'INDETERMINATE: something could not be found out. NOT_VERIFIED: it is not to be believed.' }) verdict!: string;
  @Field(() => [VerificationCheck]) checks!: VerificationCheck[];
  @Field(() => InstantScalar, { description: 'The moment that it speaks of.' }) asOf!: string;
  @EnumField(CredentialStatus, { nullable: true }) effectiveStatus?: string | null;
  @Field(() => ID, { nullable: true, description: 'The id of the credential that took its place.' }) supersededBy?: string | null;
  @Field(() => NamedInCredential, { nullable: true }) issuer?: NamedInCredential | null;
  @Field(() => NamedInCredential, { nullable: true }) microCredential?: NamedInCredential | null;
}
