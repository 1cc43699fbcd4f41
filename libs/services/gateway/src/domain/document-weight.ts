import { Kind, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';

/** How heavy one operation is, with every fragment counted wherever it is used. */
export interface DocumentWeight {
  /** Fields below each other. What stands below introspection does not count: explorers need its depth. */
  readonly depth: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** The most fields that an answer may have: what stands below a page counts once for each of its nodes, a field with a complexity as so many. */
  readonly cost: number;
}

type Variables = Readonly<Record<string, unknown>>;
type Type = GraphQLNamedType | null | undefined;

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;
const NOTHING: DocumentWeight = { depth: 0, rootFields: 0, aliases: 0, directives: 0, cost: 0 };

const together = (one: DocumentWeight, other: DocumentWeight): DocumentWeight => ({
  depth: Math.max(one.depth, other.depth),
  rootFields: one.rootFields + other.rootFields,
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
  cost: one.cost + other.cost,
});

/** How many fields a field counts as: its complexity in the schema, where it has one. */
const ownCostOf = (definition: GraphQLField<unknown, unknown> | undefined): number => {
  const complexity = definition?.extensions['complexity'];
  return typeof complexity === 'number' ? complexity : 1;
};

/** Weighs one operation of a document that is valid for the schema. */
export const weightOf = (schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): DocumentWeight =>
  new Scales(schema, document, operation, variables).weigh(operation.selectionSet, schema.getRootType(operation.operation));

/** Weighs each fragment once: fragments that use each other twice, and twice again, cost no more than their text. */
class Scales {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly weighed = new Map<string, DocumentWeight>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    private readonly variables: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  weigh({ selections }: SelectionSetNode, type: Type): DocumentWeight {
    let sum = NOTHING;
    for (const selection of selections) {
      const own = { ...NOTHING, directives: selection.directives?.length ?? 0 };
      sum = together(together(sum, own), this.weighSelection(selection, type));
    }
    return sum;
  }

  private weighSelection(selection: SelectionNode, type: Type): DocumentWeight {
    if (selection.kind === Kind.FIELD) return this.weighField(selection, type);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.weighFragment(selection.name.value);
    return this.weigh(selection.selectionSet, selection.typeCondition ? this.schema.getType(selection.typeCondition.name.value) : type);
  }

  private weighFragment(name: string): DocumentWeight {
    const known = this.weighed.get(name);
    const fragment = this.fragments.get(name);
    if (known || !fragment) return known ?? NOTHING;
    const weight = this.weigh(fragment.selectionSet, this.schema.getType(fragment.typeCondition.name.value));
    this.weighed.set(name, weight);
    return weight;
  }

  private weighField(field: FieldNode, type: Type): DocumentWeight {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    const below = field.selectionSet ? this.weigh(field.selectionSet, definition && getNamedType(definition.type)) : NOTHING;
    const introspects = field.name.value.startsWith('__');
    return {
      depth: introspects ? 1 : 1 + below.depth,
      rootFields: 1,
      aliases: below.aliases + (field.alias ? 1 : 0),
      directives: below.directives,
      cost: introspects ? 1 : ownCostOf(definition) + this.nodesOf(field, definition) * below.cost,
    };
  }

  /** How many nodes the page of this field may have; 1 for what is no page. */
  private nodesOf(field: FieldNode, definition: GraphQLField<unknown, unknown> | undefined): number {
    if (!definition?.args.some(({ name }) => name === 'first')) return 1;
    const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (first === undefined) return DEFAULT_PAGE;
    if (first.kind === Kind.INT) return Math.max(1, Number(first.value));
    const given = first.kind === Kind.VARIABLE ? this.valueOf(first.name.value) : undefined;
    return typeof given === 'number' ? Math.max(1, given) : LARGEST_PAGE;
  }

  private valueOf(variable: string): unknown {
    if (variable in this.variables) return this.variables[variable];
    const declared = this.operation.variableDefinitions?.find((definition) => definition.variable.name.value === variable)?.defaultValue;
    return declared?.kind === Kind.INT ? Number(declared.value) : undefined;
  }
}
