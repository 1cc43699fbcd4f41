import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
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

const located = ({ path, locations }: GraphQLFormattedError) => ({ ...(path && { path }), ...(locations && { locations }) });

/**
 * What a caller sees of an error: refusals with their code and faults, faults of the document as they are, and of
 * everything else a reference under which the log has the whole.
 */
export function maskErrors(logger: Pick<Logger, 'error'>) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(thrown);
    if (cause instanceof Refusal && cause.code !== 'INTERNAL') {
      const { code, message, faults, retryAfterSeconds } = cause;
      return { message, ...located(formatted), extensions: { code, ...(faults.length > 0 && { errors: faults }), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } };
    }
    const code = formatted.extensions?.['code'];
    if (typeof code === 'string' && OPEN_CODES.has(code) && cause instanceof GraphQLError) return { message: formatted.message, ...located(formatted), extensions: { code } };
    const reference = randomUUID();
    logger.error({ err: cause, reference, path: formatted.path }, 'An answer failed unexpectedly');
    return { message: `Something failed on our side. Reference: ${reference}.`, ...located(formatted), extensions: { code: 'INTERNAL_SERVER_ERROR', reference } };
  };
}
