import { ask } from './http.ts';
import { patiently } from './patience.ts';

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** The most nodes that the registry gives at once. */
const NODES_A_PAGE = 100;

/**
 * Everything of a public list, such as `microCredentials`, page by page, with these members of each.
 * @throws Error when the registry does not give it.
 */
export async function pagesOf<Node>(url: string, list: string, members: string): Promise<Node[]> {
  const query = `query Everything($after: String) {
    ${list}(first: ${NODES_A_PAGE}, after: $after) { nodes { ${members} } pageInfo { endCursor hasNextPage } } }`;
  const nodes: Node[] = [];
  for (let after: string | null = null; ;) {
    const body: string = JSON.stringify({ query, variables: { after } });
    const answer = await patiently(() => ask(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
    const page = (answer.body as { data?: Record<string, Page<Node>> | null } | undefined)?.data?.[list];
    if (!page) throw new Error(`The list ${list} cannot be read (${answer.status}).`);
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}
