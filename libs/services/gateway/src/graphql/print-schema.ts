import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { resolvers } from '../resolvers.ts';

/** The schema without a server behind it. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    return await app.get(GraphQLSchemaFactory).create(resolvers);
  } finally {
    await app.close();
  }
}

/** The text of `schema.graphql`. */
export async function schemaText(): Promise<string> {
  const notice = '# Generated from the resolvers; `npx nx run @mcr/gateway:schema` writes it again.\n\n';
  return `${notice}${printSchema(lexicographicSortSchema(await buildSchema()))}\n`;
}
