import { Field, registerEnumType, type FieldOptions } from '@nestjs/graphql';
import * as contracts from '@mcr/contracts';
import { z } from 'zod';
import { withoutWrappers } from './zod-shapes.ts';

/** What a list of the registry itself is called; those of the read model are written here. */
export const AwardStatus = z.enum(['ACTIVE', 'SCHEDULED', 'EXPIRED', 'REVOKED']);
export const MicroCredentialStatus = z.enum([contracts.PublishedMicroCredential.shape.status.value]);
export const CreditUnitType = withoutWrappers(contracts.CreditValue.shape.creditUnitType) as z.ZodEnum;
export const CreditLevelType = withoutWrappers(contracts.CreditValue.shape.creditLevelType) as z.ZodEnum;
export const PublishingClientStatus = contracts.RegisterPublishingClient.output.shape.status;
export const ShareStatus = contracts.EndShare.output.shape.status;
export const MicroCredentialVersionStatus = contracts.DefineMicroCredential.output.shape.status;

const names = new Map<z.ZodType, string>([
  [contracts.AgentType, 'AgentType'],
  [contracts.InstitutionStatus, 'InstitutionStatus'],
  [contracts.Purpose, 'Purpose'],
  [contracts.DeliveryType, 'DeliveryType'],
  [CreditUnitType, 'CreditUnitType'],
  [CreditLevelType, 'CreditLevelType'],
  [contracts.Method, 'AwardMethod'],
  [contracts.RevocationReason, 'RevocationReason'],
  [contracts.IssuerKeyHolder, 'IssuerKeyHolder'],
  [contracts.IssuerKeyStatus, 'IssuerKeyStatus'],
  [contracts.ConsentScope, 'ConsentScope'],
  [contracts.ConsentPurpose, 'ConsentPurpose'],
  [contracts.ConsentStatus, 'ConsentStatus'],
  [contracts.CheckOutcome, 'CheckOutcome'],
  [contracts.VerificationVerdict, 'VerificationVerdict'],
  [contracts.CredentialStatus, 'CredentialStatus'],
  [ShareStatus, 'ShareStatus'],
  [contracts.AgreementKind, 'AgreementKind'],
  [contracts.AgreementStatus, 'AgreementStatus'],
  [contracts.AgreementConflict, 'AgreementConflict'],
  [contracts.SignedThrough, 'SignedThrough'],
  [contracts.RecognitionStatus, 'RecognitionStatus'],
  [contracts.RecognitionReason, 'RecognitionReasonCode'],
  [contracts.PathwayKind, 'PathwayKind'],
  [contracts.DestinationType, 'DestinationType'],
  [contracts.PathwayStatus, 'PathwayStatus'],
  [contracts.RequirementNode, 'RequirementNode'],
  [contracts.PathwayLimitKind, 'PathwayLimitKind'],
  [contracts.Verdict, 'Verdict'],
  [contracts.Measure, 'Measure'],
  [contracts.Objective, 'Objective'],
  [contracts.Proof, 'Proof'],
  [contracts.DecidingKey, 'DecidingKey'],
  [contracts.WhyNotCode, 'WhyNotCode'],
  [contracts.CoreElementKind, 'CoreElementKind'],
  [contracts.FixKind, 'RecognitionFixKind'],
  [contracts.RuleResult.shape.severity, 'RuleSeverity'],
  [contracts.DistinctBy, 'DistinctBy'],
  [AwardStatus, 'AwardStatus'],
  [MicroCredentialStatus, 'MicroCredentialStatus'],
  [PublishingClientStatus, 'PublishingClientStatus'],
  [MicroCredentialVersionStatus, 'MicroCredentialVersionStatus'],
]);

type EnumType = Record<string, string> | StringConstructor;
const made = new Map<z.ZodType, EnumType>();
const GRAPHQL_NAME = /^[_A-Za-z]\w*$/;

/** The GraphQL enum of a closed list. A list with values that GraphQL cannot spell (`Mainland/Southwest`) is a String there. */
export function enumOf(list: z.ZodEnum, otherwiseNamed?: string): EnumType {
  const existing = made.get(list);
  if (existing) return existing;
  const name = names.get(list) ?? otherwiseNamed;
  if (name === undefined) throw new TypeError(`The list ${list.options.join(', ')} has no name in the schema.`);
  const values = Object.fromEntries(list.options.map((value) => [String(value), String(value)]));
  const legal = Object.keys(values).every((value) => GRAPHQL_NAME.test(value));
  if (legal) registerEnumType(values, { name });
  const type = legal ? values : String;
  made.set(list, type);
  return type;
}

/** A field whose values are a closed list. */
export function EnumField(list: z.ZodEnum, options: FieldOptions = {}): PropertyDecorator {
  // Made here and not in the thunk: Nest collects the types before it calls the thunks.
  const type = enumOf(list);
  return Field(() => type, options);
}
