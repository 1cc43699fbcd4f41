import type { Page } from '../read/index.ts';

/** Every entry of a list, read page by page. */
export async function allOf<Node>(first: number, page: (request: { first: number; after: string | null }) => Promise<Page<Node>>): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ;) {
    const { edges, pageInfo }: Page<Node> = await page({ first, after });
    nodes.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return nodes;
    after = pageInfo.endCursor;
  }
}
