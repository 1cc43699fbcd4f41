import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as contracts from '@mcr/contracts';
import { isObjectType, isUnionType, parse, validate, type GraphQLSchema } from 'graphql';
import { buildSchema, schemaText } from './print-schema.ts';

const released = {
  institutions: '{ institutions(first: 100) { totalCount nodes { code name agentType region status } } }',
  search: `query ($text: String!) { microCredentials(search: $text, first: 10) {
    totalCount nodes { ctid name ownedBy { code } totalHours isNonCredit status } pageInfo { endCursor hasNextPage } } }`,
  microCredential: `query ($ctid: ID!) { microCredential(ctid: $ctid) { ctid name description version ownedBy { code name } awards(first: 5) { totalCount nodes { id } } } }`,
  awards: `query ($code: String!) { awards(filter: { institution: $code, status: ACTIVE }, first: 100) {
    totalCount nodes { id sourceAwardId awardedDate status institution { code } microCredential { name } } } }`,
  recognitions: `query ($held: [HeldMicroCredentialInput!]!) { recognitions(held: $held) {
    receiver { code } agreement { id kind startDate endDate } status grants { course subject level credits } reasons { code message } } }`,
  status: '{ registryStatus { institutions microCredentials awards agreements lastEventAt projectionLagMs } }',
};

const isCommand = (value: unknown): value is (typeof contracts)['InviteInstitution'] => (value as { kind?: string } | null)?.kind === 'command';
/** Sent by services in the name of whoever asks them something; nobody sends them here. */
const sentByServices = ['useConsent'];
const commands = Object.values(contracts)
  .filter(isCommand)
  .filter(({ name }) => !sentByServices.includes(name));

describe('schema.graphql', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSchema();
  });

  it('is what the resolvers say; write it again with `npx nx run @mcr/gateway:schema`', async () => {
    expect(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(await schemaText());
  });

  it.each(Object.entries(released))('still takes the released query %s', (_, query) => {
    expect(validate(schema, parse(query))).toEqual([]);
  });

  it.each(commands.map((command) => [command.name, command] as const))('has a mutation %s that answers or refuses as the command says', (name, command) => {
    const pascal = name.charAt(0).toUpperCase() + name.slice(1);
    const field = schema.getMutationType()!.getFields()[name]!;
    expect(field.args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([`input: ${pascal}Input!`]);
    const result = schema.getType(`${pascal}Result`);
    if (!isUnionType(result)) throw new Error('Expected a union.');
    const refusals = result.getTypes().filter((type) => type.getInterfaces().some((shared) => shared.name === 'Refusal'));
    expect(result.getTypes().length).toBe(refusals.length + 1);
    const codes = refusals.map((type) => type.name.replace(/(?<!^)([A-Z])/g, '_$1').toUpperCase());
    expect(codes.sort()).toEqual([...command.refusals, 'INVALID_INPUT'].sort());
  });

  it('keeps what fails in one part of an answer away from the others', () => {
    const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
    expect(roots.filter(({ type }) => String(type).endsWith('!')).map(({ name }) => name)).toEqual([]);
  });
});
