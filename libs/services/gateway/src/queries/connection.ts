import type { Page } from '@mcr/registry-store/read';

/** A page of the registry as a Relay connection. Lists go forward only, so what was before is known from the cursor alone. */
export class ConnectionOf<Node> {
  constructor(
    private readonly page: Page<Node>,
    private readonly after: string | null | undefined,
  ) {}

  get totalCount(): number {
    return this.page.totalCount;
  }

  get nodes(): Node[] {
    return this.page.edges.map(({ node }) => node);
  }

  get edges(): Page<Node>['edges'] {
    return this.page.edges;
  }

  get pageInfo() {
    return { ...this.page.pageInfo, startCursor: this.page.edges[0]?.cursor ?? null, hasPreviousPage: typeof this.after === 'string' };
  }
}
