import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { PublishingClientReactions } from './consumers/publishing-clients.consumer.ts';
import { apolloOptions, optionParts } from './graphql/apollo-options.ts';
import { FastifyApolloDriver } from './graphql/fastify-apollo.driver.ts';
import { CtdlDocuments } from './linked-data/ctdl-documents.ts';
import { LinkedDataController } from './linked-data/linked-data.controller.ts';
import { Commands } from './mutations/commands.ts';
import { AwardCredentials } from './queries/awards/award-credentials.ts';
import { AwardViews } from './queries/awards/award-view.ts';
import { resolvers } from './resolvers.ts';
import { PublishingClients } from './storage/publishing-clients.ts';

@Module({
  imports: [GraphQLModule.forRootAsync<ApolloDriverConfig>({ driver: FastifyApolloDriver, inject: optionParts, useFactory: apolloOptions })],
  controllers: [PublishingClientReactions, LinkedDataController],
  providers: [...resolvers, Commands, AwardCredentials, AwardViews, CtdlDocuments, PublishingClients],
})
export class GatewayModule {}
