import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { isTransient, sqlState } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import type { Logger } from '@mcr/runtime';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes of what is wrong with a request itself; their messages speak of the document, never of our inside. */
const OPEN_CODES = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'OPERATION_TOO_HEAVY',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

const CHARACTER_NOT_IN_REPERTOIRE = '22021';

type Shown = Pick<GraphQLFormattedError, 'message' | 'extensions'>;

function ofRefusal({ code, message, faults, retryAfterSeconds }: Refusal): Shown {
  return { message, extensions: { code, ...(faults.length > 0 && { errors: faults }), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } };
}

/** What may be said of an error; undefined when it must stay inside. */
function saying(cause: unknown, formatted: GraphQLFormattedError): Shown | undefined {
  if (cause instanceof Refusal) return cause.code === 'INTERNAL' ? undefined : ofRefusal(cause);
  const code = formatted.extensions?.['code'];
  if (cause instanceof GraphQLError && typeof code === 'string' && OPEN_CODES.has(code)) return { message: formatted.message, extensions: { code } };
  if (sqlState(cause) === CHARACTER_NOT_IN_REPERTOIRE)
    return { message: 'A text contains a character that cannot be stored.', extensions: { code: 'BAD_USER_INPUT' } };
  return undefined;
}

/**
 * What a caller sees of an error: refusals with their code and faults, faults of the document as they are, and of
 * everything else a reference under which the log has the whole.
 */
export function maskErrors(logger: Pick<Logger, 'error'>) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const { path, locations } = formatted;
    const located = { ...(path && { path }), ...(locations && { locations }) };
    const cause = unwrapResolverError(thrown);
    const said = saying(cause, formatted);
    if (said) return { ...said, ...located };
    const reference = randomUUID();
    logger.error({ err: cause, reference, path }, 'An answer failed unexpectedly');
    if (isTransient(cause))
      return { message: `Not available at the moment. Reference: ${reference}.`, ...located, extensions: { code: 'UNAVAILABLE', reference } };
    return { message: `Something failed on our side. Reference: ${reference}.`, ...located, extensions: { code: 'INTERNAL_SERVER_ERROR', reference } };
  };
}
