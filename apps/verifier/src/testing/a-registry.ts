import { once } from 'node:events';
import { createServer } from 'node:http';
import { aList, BCIT, documentOfBcit, documentOfUbc, history, historyOfUbc, REVOCATIONS, SUSPENSIONS, UBC } from './badges.ts';

export interface PublicRegistry {
  readonly url: string;
  /** What is asked for is answered with this text; what is not here with 404. Paths of lists without their host. */
  readonly pages: Map<string, string>;
  institutions: { code: string; name: string; status: string }[];
  stop(): Promise<void>;
}

export const pathOf = (url: string): string => new URL(url).pathname;

/** The public pages of a registry over HTTP: its institutions, their DID documents and keys, two status lists. */
export async function startPublicRegistry(): Promise<PublicRegistry> {
  const pages = new Map([
    ['/institutions/BCIT/did.json', JSON.stringify(documentOfBcit())],
    ['/institutions/UBC/did.json', JSON.stringify(documentOfUbc())],
    ['/institutions/BCIT/keys.json', JSON.stringify({ did: BCIT, keys: history })],
    ['/institutions/UBC/keys.json', JSON.stringify({ did: UBC, keys: historyOfUbc })],
    [pathOf(REVOCATIONS), await aList(REVOCATIONS, 'revocation')],
    [pathOf(SUSPENSIONS), await aList(SUSPENSIONS, 'suspension')],
  ]);
  const server = createServer((request, response) => {
    const list = { nodes: registry.institutions, pageInfo: { endCursor: null, hasNextPage: false } };
    const page = request.url === '/graphql' ? JSON.stringify({ data: { institutions: list } }) : pages.get(request.url!);
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? '{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const registry: PublicRegistry = {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    pages,
    institutions: [
      { code: 'BCIT', name: 'British Columbia Institute of Technology', status: 'ACTIVE' },
      { code: 'UBC', name: 'University of British Columbia', status: 'ACTIVE' },
      { code: 'NEW', name: 'Not yet here', status: 'INVITED' },
    ],
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return registry;
}
