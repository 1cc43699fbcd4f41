import { Field, Float, ID, InputType, Int, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import {
  AgreementCondition,
  Assessment,
  AwardUrn,
  Competency,
  Component,
  CreditValue,
  KnownIdentifier,
  LimitInput,
  MicroCredentialDraft,
  Partner,
  PathwayLimitKind,
  PublicJwk,
  RequirementFilterInput,
  RequirementNode,
  ShareCapInput,
  SharingInput,
  TransferGrant,
  TransferValueFrom,
} from '@mcr/contracts';
import { CalendarDate, Ctid, Instant, Uuid } from '@mcr/event-kit';
import { z } from 'zod';
import { LanguageMapInput } from '../schema/language-map.input.ts';
import { CalendarDateScalar, InstantScalar } from '../schema/scalars.ts';
import { enumOf } from '../schema/from-contracts/enums.ts';
import { isLanguageMap, membersOf, required, withoutWrappers } from '../schema/from-contracts/zod-shapes.ts';

/** Schemas that the face has a type of its own for. */
const scalars = new Map<z.ZodType, ReturnTypeFuncValue>([
  [Ctid, ID],
  [Uuid, ID],
  [AwardUrn, ID],
  [CalendarDate, CalendarDateScalar],
  [Instant, InstantScalar],
]);

/** Names of the parts of inputs that deserve one; others are named after where they stand. */
const names = new Map<z.ZodType, string>([
  [MicroCredentialDraft, 'MicroCredentialDraft'],
  [CreditValue, 'CreditValue'],
  [Competency, 'Competency'],
  [Assessment, 'Assessment'],
  [Component, 'Component'],
  [Partner, 'Partner'],
  [PublicJwk, 'PublicJwk'],
  [TransferValueFrom, 'TransferValueFrom'],
  [TransferGrant, 'TransferGrant'],
  [AgreementCondition, 'AgreementCondition'],
  [RequirementFilterInput, 'RequirementFilter'],
  [LimitInput, 'PathwayLimit'],
  [SharingInput, 'PathwaySharing'],
  [ShareCapInput, 'PathwayShareCap'],
  [KnownIdentifier, 'LearnerIdentifier'],
]);

/** What tells the shapes of a union apart, where the face lists the values: by input and property. */
const discriminators = new Map<string, z.ZodEnum>([
  ['Requirement.node', RequirementNode],
  ['RequirementWithin.node', RequirementNode],
  ['PathwayLimit.limit', PathwayLimitKind],
]);

/** A schema that contains itself has its name from the contract. */
const recursiveName = (schema: z.ZodType): string | undefined => (schema instanceof z.ZodLazy ? schema.meta()?.id?.replace('Input', '') : undefined);

const inputs = new Map<string, Type<object>>();
const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * The GraphQL input of a command's schema, so that a command's input is written down once. GraphQL checks the shape;
 * the schema itself is applied by the service, with every fault at once.
 */
export function inputTypeOf(schema: z.ZodType, name: string): Type<object> {
  const known = inputs.get(name);
  if (known) return known;
  const type = { [`${name}Input`]: class {} }[`${name}Input`]!;
  inputs.set(name, type);
  InputType(`${name}Input`)(type);
  for (const [property, member] of Object.entries(membersOf(schema) ?? {})) {
    // Made here and not in the thunk: Nest collects the types before it calls the thunks.
    const memberType = typeOf(member, name, property);
    Field(() => memberType, { nullable: !required(member) })(type.prototype as object, property);
  }
  return type;
}

function typeOf(wrapped: z.ZodType, owner: string, property: string): ReturnTypeFuncValue | [ReturnTypeFuncValue] {
  const schema = withoutWrappers(wrapped);
  if (schema instanceof z.ZodArray) return [typeOf(schema.element as z.ZodType, owner, property.replace(/s$/, '')) as ReturnTypeFuncValue];
  const discriminator = discriminators.get(`${owner}.${property}`);
  if (discriminator) return enumOf(discriminator);
  const scalar = scalars.get(schema);
  if (scalar) return scalar;
  if (isLanguageMap(schema)) return LanguageMapInput;
  if (schema instanceof z.ZodNumber) return schema.isInt ? Int : Float;
  if (schema instanceof z.ZodBoolean) return Boolean;
  if (schema instanceof z.ZodEnum) return enumOf(schema, property.endsWith('Type') ? pascal(property) : owner + pascal(property));
  if (membersOf(schema)) return inputTypeOf(schema, names.get(schema) ?? recursiveName(schema) ?? owner + pascal(property));
  return String;
}
