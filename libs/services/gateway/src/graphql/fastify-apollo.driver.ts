import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { explorerOf, wantsExplorer } from './explorer.ts';
import { MAX_BODY_BYTES } from './limits.ts';

/**
 * Nest's driver with routes of our own: a limit for the body, and the explorer for browsers. Nothing is drained here:
 * the server stops after the last request, when the application has closed its port.
 */
@Injectable()
export class FastifyApolloDriver extends ApolloDriver {
  protected override async registerFastify(options: ApolloDriverConfig): Promise<void> {
    const server = new ApolloServer(options as ConstructorParameters<typeof ApolloServer>[0]);
    await server.start();
    this.apolloServer = server;
    const url = options.path ?? '/graphql';
    const fastify = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const answer = fastifyApolloHandler(server, { context: options.context as never });
    const explore = explorerOf(url);
    fastify.route({ method: 'POST', url, bodyLimit: MAX_BODY_BYTES, handler: answer });
    fastify.route({
      method: 'GET',
      url,
      handler: (request, reply) => (wantsExplorer(request) ? explore(request, reply) : answer.call(fastify, request, reply)),
    });
  }
}
