import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { weightOf, type DocumentWeight } from '../domain/document-weight.ts';

/** The heaviest operation that is answered. Ten root fields let a batch of aliased mutations through. */
export const heaviest: DocumentWeight = { depth: 8, rootFields: 10, aliases: 15, directives: 20, cost: 5_000 };

/** Longer documents are refused by the parser, before anything else looks at them. */
export const MAX_TOKENS = 1_000;
/** Room for several definitions of micro-credentials of the largest size that the programs service takes. */
export const MAX_BODY_BYTES = 1024 * 1024;

const MEASURES = Object.keys(heaviest) as (keyof DocumentWeight)[];

/** @throws GraphQLError that names every limit which the operation breaks. */
export function refuseWhatIsTooHeavy(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Record<string, unknown>,
): void {
  const weight = weightOf(schema, document, operation, variables);
  const broken = MEASURES.filter((measure) => weight[measure] > heaviest[measure]);
  if (broken.length === 0) return;
  const list = broken.map((measure) => `${measure} ${weight[measure]}, at most ${heaviest[measure]}`).join('; ');
  throw new GraphQLError(`The operation is too heavy: ${list}.`, { extensions: { code: 'OPERATION_TOO_HEAVY', http: { status: 400 } } });
}

/**
 * Refuses in `didResolveOperation`, for every request: a rule of the validation would run once for each document and
 * lose its code. Variables count, because they carry the sizes of the pages.
 */
export const limits: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request }) => {
        // Without an operation there is nothing to weigh; the execution says so.
        if (operation) refuseWhatIsTooHeavy(schema, document, operation, request.variables);
        return Promise.resolve();
      },
    }),
};
