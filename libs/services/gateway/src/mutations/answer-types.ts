import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import {
  AgreementConflict,
  AgreementKind,
  AgreementStatus,
  DecidingKey,
  IssuerKeyHolder,
  IssuerKeyStatus,
  PathwayStatus,
  RuleResult as RuleResultSchema,
} from '@mcr/contracts';
import { EnumField, MicroCredentialVersionStatus, PublishingClientStatus } from '../schema/from-contracts/enums.ts';
import { CalendarDateScalar, InstantScalar } from '../schema/scalars.ts';

@ObjectType({ description: 'The system under whose name an institution publishes awards.' })
export class PublishingClient {
  @Field(() => ID) clientId!: string;
  @Field(() => String) institutionCode!: string;
  @Field(() => [String]) scopes!: string[];
  @EnumField(PublishingClientStatus) status!: string;
}

@ObjectType({ description: 'A key with which credentials of an institution are signed.' })
export class IssuerKey {
  @Field(() => String) institutionCode!: string;
  @Field(() => ID, { description: 'The id of the verification method in the DID document of the institution.' }) kid!: string;
  @Field(() => String) publicKeyMultibase!: string;
  @EnumField(IssuerKeyHolder, { description: 'Who has the private key.' }) heldBy!: string;
  @EnumField(IssuerKeyStatus) status!: string;
}

@ObjectType({ description: 'A key that its institution has still to prove.' })
export class ProposedIssuerKey extends IssuerKey {
  @Field(() => String, { description: 'Sign the UTF-8 bytes of this with the key, and activate it with the signature.' }) challenge!: string;
  @Field(() => InstantScalar, { description: 'After this the key has to be proposed again.' }) challengeExpiresAt!: string;
}

@ObjectType({ description: 'What one rule of the framework says about a version.' })
export class RuleResult {
  @Field(() => String) ruleId!: string;
  @Field(() => String) ruleSet!: string;
  @EnumField(RuleResultSchema.shape.severity) severity!: string;
  @Field(() => Boolean) passed!: boolean;
  @Field(() => String) pointer!: string;
  @Field(() => String) message!: string;
  @Field(() => String) hint!: string;
}

@ObjectType({ description: 'A version as it stands with its owner, with what the framework says about it.' })
export class MicroCredentialVersion {
  @Field(() => ID) ctid!: string;
  @Field(() => Int) version!: number;
  @Field(() => String, { description: 'The code of the institution.' }) ownedBy!: string;
  @EnumField(MicroCredentialVersionStatus) status!: string;
  @Field(() => [RuleResult]) ruleResults!: RuleResult[];
}

@ObjectType({ description: 'Another agreement that could apply to the same learning, and which of the two counts.' })
export class AgreementNotice {
  @EnumField(AgreementConflict) conflict!: string;
  @Field(() => ID, { description: 'The CTID of the other one.' }) agreement!: string;
  @Field(() => ID, { description: 'The CTID of the one that counts.' }) counts!: string;
  @EnumField(DecidingKey, { description: 'By ID: nothing that anybody meant decides; a priority would.' }) decidedBy!: string;
}

@ObjectType({ description: 'An agreement after a command.' })
export class PublishedAgreement {
  @Field(() => ID) ctid!: string;
  @Field(() => Int, { description: 'Counts what happened to it; a later command may expect it.' }) version!: number;
  @EnumField(AgreementKind) kind!: string;
  @Field(() => CalendarDateScalar) startDate!: string;
  @Field(() => CalendarDateScalar, { nullable: true }) endDate?: string | null;
  @EnumField(AgreementStatus, { description: 'Today.' }) status!: string;
  @Field(() => [AgreementNotice], { description: 'No reason to refuse it, but to know.' }) notices!: AgreementNotice[];
}

@ObjectType({ description: 'A version of a pathway as it stands with its owner.' })
export class PathwayVersion {
  @Field(() => ID, { description: 'The CTID of the pathway.' }) ctid!: string;
  @Field(() => Int, { description: 'Counts its versions: 1, 2, 3 …' }) version!: number;
  @Field(() => String, { description: 'The code of the institution.' }) ownedBy!: string;
  @EnumField(PathwayStatus, { description: 'Nobody can begin a retired one any more.' }) status!: string;
}

@ObjectType({ description: 'A sign-in is a learner’s from this moment on.' })
export class LearnerLink {
  @Field(() => InstantScalar) linkedAt!: string;
}

@ObjectType({ description: 'A sign-in is nobody’s any more from this moment on.' })
export class LearnerUnlink {
  @Field(() => InstantScalar) unlinkedAt!: string;
}
