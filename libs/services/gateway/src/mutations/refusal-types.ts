import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import { refusalCodes, type RefusalCode } from '@mcr/event-kit';

@ObjectType('Fault', { description: 'One thing that is wrong with an input: where (RFC 6901), what, and how to mend it.' })
export class FaultType {
  @Field(() => String) pointer!: string;
  @Field(() => String) code!: string;
  @Field(() => String) message!: string;
  @Field(() => String, { nullable: true, description: 'The rule of the framework that is not met.' }) ruleId?: string;
  @Field(() => String, { nullable: true }) hint?: string;
}

@InterfaceType('Refusal', { description: 'An expected "no", with every fault that was found.' })
export abstract class RefusalType {
  @Field(() => String) code!: string;
  @Field(() => String) message!: string;
  @Field(() => [FaultType]) errors!: FaultType[];
}

const types = new Map<RefusalCode, Type<RefusalType>>();

/** `CODE_TAKEN` is `CodeTaken` in the schema. */
export const refusalTypeName = (code: RefusalCode): string =>
  code
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');

/** The object type of one refusal, made from the closed list of codes. */
export function refusalTypeOf(code: RefusalCode): Type<RefusalType> {
  const known = types.get(code);
  if (known) return known;
  const name = refusalTypeName(code);
  const type = { [name]: class {} }[name] as Type<RefusalType>;
  ObjectType(name, { implements: () => [RefusalType], description: `${refusalCodes[code][1]}.` })(type);
  types.set(code, type);
  return type;
}
