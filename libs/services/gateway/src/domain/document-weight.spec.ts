import { describe, expect, it } from '@jest/globals';
import { Kind, buildSchema, parse, type GraphQLObjectType, type OperationDefinitionNode } from 'graphql';
import { weightOf } from './document-weight.ts';

const schema = buildSchema(`
  type Query { items(first: Int = 20, after: String): Items, item: Item }
  type Items { totalCount: Int, nodes: [Item] }
  type Item { id: ID, other: Item, items(first: Int = 20): Items }
`);

function weigh(text: string, variables?: Record<string, unknown>) {
  const document = parse(text);
  const operation = document.definitions.find((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)!;
  return weightOf(schema, document, operation, variables);
}

describe('the weight of an operation', () => {
  it('counts fields below each other, also through fragments', () => {
    expect(weigh('{ item { other { id } } }').depth).toBe(3);
    expect(weigh('{ item { ...a } } fragment a on Item { other { ... on Item { other { id } } } }').depth).toBe(4);
  });

  it('counts what stands below a page once for each of its nodes', () => {
    expect(weigh('{ items(first: 100) { nodes { id } } }').cost).toBe(1 + 100 * 2);
    expect(weigh('{ items { nodes { id } } }').cost).toBe(1 + 20 * 2);
    expect(weigh('{ items(first: 10) { nodes { items(first: 10) { nodes { id } } } } }').cost).toBe(1 + 10 * (1 + 1 + 10 * 2));
  });

  it('counts a field that is more work than others by its complexity', () => {
    const { id, other } = (schema.getType('Item') as GraphQLObjectType).getFields();
    other!.extensions = { complexity: 30 };
    expect(weigh('{ items(first: 100) { nodes { other { id } } } }').cost).toBe(1 + 100 * (1 + 30 + 1));
    other!.extensions = id!.extensions;
    expect(weigh('{ items(first: 100) { nodes { other { id } } } }').cost).toBe(1 + 100 * (1 + 1 + 1));
  });

  it('takes the size of a page from its variable, from its default, and otherwise as the largest', () => {
    const query = 'query ($n: Int = 5) { items(first: $n) { totalCount } }';
    expect(weigh(query, { n: 50 }).cost).toBe(51);
    expect(weigh(query, {}).cost).toBe(6);
    expect(weigh('query ($n: Int) { items(first: $n) { totalCount } }').cost).toBe(101);
    expect(weigh('query ($n: Int) { items(first: $n) { totalCount } }', { n: 'many' }).cost).toBe(101);
  });

  it('never counts a page as less than nothing', () => {
    expect(weigh('{ items(first: 0) { totalCount } }').cost).toBe(2);
    expect(weigh('query ($n: Int) { items(first: $n) { totalCount } }', { n: -1_000_000 }).cost).toBe(2);
  });

  it('counts aliases, directives and root fields wherever a fragment brings them', () => {
    const weight = weigh('{ a: item { id } ...r ...r } fragment r on Query { b: item { x: id @skip(if: false) } item @include(if: true) { id } }');
    expect(weight).toMatchObject({ rootFields: 5, aliases: 1 + 2 + 2, directives: 4 });
  });

  it('weighs fragments that double each other in the time of their text', () => {
    const doubling = Array.from({ length: 40 }, (_, at) => `fragment f${at} on Item { a: other { ...f${at + 1} } b: other { ...f${at + 1} } }`).join(' ');
    const weight = weigh(`{ item { ...f0 } } ${doubling} fragment f40 on Item { id }`);
    expect(weight.depth).toBe(42);
    expect(weight.cost).toBeGreaterThan(2 ** 40);
  });

  it('lets introspection be as deep as explorers need it, but counts its aliases', () => {
    const weight = weigh('{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } s: types { name } } }');
    expect(weight).toMatchObject({ depth: 1, cost: 1, aliases: 1 });
  });

  it('is not fooled by a fragment that is named like introspection', () => {
    expect(weigh('{ item { ...__schema } } fragment __schema on Item { other { other { id } } }').depth).toBe(4);
  });
});
