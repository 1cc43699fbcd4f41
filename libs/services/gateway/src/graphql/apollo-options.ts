import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { TokenVerifier } from '@mcr/identity';
import { Clock, Logger, RegistryDatabase, whenGone } from '@mcr/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Loaders } from '../queries/loaders.ts';
import { MAX_TOKENS, limits } from './limits.ts';
import { maskErrors } from './mask-errors.ts';
import { RequestContext } from './request-context.ts';

/** What `apolloOptions` is made from, in its order. */
export const optionParts = [RegistryDatabase, TokenVerifier, Clock, Logger];

/** How the GraphQL server runs. Nothing hooks into single fields: a hook there would be called for every value of every answer. */
export function apolloOptions(registry: RegistryDatabase, verifier: TokenVerifier, clock: Clock, logger: Logger): Omit<ApolloDriverConfig, 'driver'> {
  return {
    path: '/graphql',
    autoSchemaFile: true,
    fieldResolverEnhancers: [],
    context: (request: FastifyRequest, reply: FastifyReply) => {
      const now = clock.now();
      return new RequestContext(request, verifier, new Loaders(registry, now), now, whenGone(reply.raw));
    },
    plugins: [limits, ApolloServerPluginCacheControlDisabled()],
    parseOptions: { maxTokens: MAX_TOKENS, noLocation: false },
    formatError: maskErrors(logger),
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    introspection: true,
    graphiql: false,
    cache: 'bounded',
    stopOnTerminationSignals: false,
    stopOnApplicationShutdown: true,
    preserveHttpStatusForExecutionErrors: false,
  };
}
