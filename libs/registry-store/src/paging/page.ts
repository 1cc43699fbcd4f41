import { Refusal } from '@mcr/event-kit';

/** A forward page of a list: the first `first` entries behind the cursor `after`. */
export interface PageRequest {
  /** 0 to 100; 0 asks for the total alone. */
  readonly first: number;
  readonly after?: string | null;
}

/** A page in the shape of a Relay connection. `totalCount` counts the whole list, whatever the page. */
export interface Page<Node> {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const MOST = 100;

/** @throws Refusal INVALID_INPUT when `first` is not a whole number from 0 to 100. */
export function checkFirst(first: number): void {
  if (Number.isInteger(first) && first >= 0 && first <= MOST) return;
  const message = `Expected a whole number from 0 to ${MOST}.`;
  throw new Refusal('INVALID_INPUT', undefined, { faults: [{ pointer: '/first', code: first > MOST ? 'TOO_BIG' : 'INVALID_VALUE', message }] });
}

/** Every list query asks for one row more than the page and puts the total on each row; a page without entries is one row without an id. */
export interface Counted {
  readonly total: number;
}

interface Assembly<Row extends Counted, Node> {
  readonly first: number;
  readonly has: (row: Row) => boolean;
  readonly node: (row: Row) => Node;
  readonly cursor: (row: Row) => string;
}

/** Makes a page of the rows of one list query. */
export function pageOf<Row extends Counted, Node>(rows: readonly Row[], { first, has, node, cursor }: Assembly<Row, Node>): Page<Node> {
  const found = rows.filter(has);
  const edges = found.slice(0, first).map((row) => ({ cursor: cursor(row), node: node(row) }));
  return { totalCount: rows[0]?.total ?? 0, edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: found.length > edges.length } };
}
