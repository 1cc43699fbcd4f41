import { isCalendarDate, Instant } from '@mcr/event-kit';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

function textScalar(name: string, description: string, isValid: (text: string) => boolean, serialize: (value: unknown) => unknown): GraphQLScalarType {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw new GraphQLError(`${name} expects ${description}.`);
  };
  return new GraphQLScalarType({
    name,
    description: `Text: ${description}.`,
    serialize,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** A day without time or zone. */
export const CalendarDateScalar = textScalar('Date', 'a date that exists, as YYYY-MM-DD', isCalendarDate, String);

/** A point in time. */
export const InstantScalar = textScalar(
  'DateTime',
  'an instant as ISO 8601 with an offset, such as 2026-10-01T09:00:00-07:00',
  (text) => Instant.safeParse(text).success,
  (value) => (value instanceof Date ? value.toISOString() : String(value)),
);
