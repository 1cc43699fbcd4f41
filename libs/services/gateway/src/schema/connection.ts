import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => String, { nullable: true }) startCursor?: string | null;
  @Field(() => String, { nullable: true }) endCursor?: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
}

/** Which page of a list is asked for. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many nodes, at most 100; 0 asks for the total alone.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'The cursor after which the page begins.' }) after?: string | null;
}

/** The classes of a Relay connection over one type, made here so that every list looks alike. */
export function connectionOf<Node extends object>(node: Type<Node>, name: string, { totalCountIsNullable = false } = {}) {
  @ObjectType(`${name}Edge`)
  class NodeEdge {
    @Field(() => String) cursor!: string;
    @Field(() => node) node!: Node;
  }

  @ObjectType({ isAbstract: true })
  abstract class Connection {
    @Field(() => Int, { nullable: totalCountIsNullable, description: 'Of the whole list, whatever the page.' }) totalCount?: number | null;
    @Field(() => [node]) nodes!: Node[];
    @Field(() => [NodeEdge]) edges!: NodeEdge[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
  }
  return Connection;
}
