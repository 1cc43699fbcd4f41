import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The explorer as it is sent: one page with everything inside, and a policy that lets it reach this server alone. */
export interface ExplorerPage {
  readonly html: Buffer;
  readonly compressed: Buffer;
  readonly policy: string;
}

const OPENING = '<script>';

const DEFAULT_QUERY = `# The catalogue is public. Awards need a role: put its token below, under Headers:
#   { "Authorization": "Bearer …" }

query Catalogue {
  microCredentials(search: "data", first: 10) {
    totalCount
    nodes { ctid name ownedBy { code name } totalHours isNonCredit }
  }
}
`;

/** The page's one script is named by its hash; its styles are made as it runs, its workers from its own text. */
const policyFor = (script: string): string =>
  [
    `default-src 'none'`,
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    `worker-src blob:`,
    `style-src 'unsafe-inline'`,
    `img-src data:`,
    `font-src data:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** @throws Error when the page is not of the shape that the policy is made for. */
export async function makeExplorer(endpoint: string): Promise<ExplorerPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  // Browsers read line ends as LF before they compare the hash.
  const html = renderGraphiQL({ title: 'Micro-credential registry', endpoint, defaultQuery: DEFAULT_QUERY }).replaceAll('\r\n', '\n').trimStart();
  const scripts = html.slice(html.indexOf(OPENING) + OPENING.length).split('</script>');
  if (!html.includes(OPENING) || scripts.length !== 2) throw new Error('The explorer page has another shape than one script.');
  const bytes = Buffer.from(html, 'utf8');
  return { html: bytes, compressed: await promisify(gzip)(bytes, { level: 6 }), policy: policyFor(scripts[0]!) };
}

/** Does a browser ask for something to look at? */
export const wantsExplorer = ({ headers }: FastifyRequest): boolean => {
  const accept = headers.accept ?? '';
  return accept.includes('text/html') && !accept.includes('json');
};

/** Answers with the explorer of this endpoint, which is made at the first call. */
export function explorerOf(endpoint: string): (request: FastifyRequest, reply: FastifyReply) => Promise<Buffer> {
  let page: Promise<ExplorerPage> | undefined;
  return async (request, reply) => {
    const { html, compressed, policy } = await (page ??= makeExplorer(endpoint));
    const zipped = request.headers['accept-encoding']?.includes('gzip') ?? false;
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'no-referrer')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept, accept-encoding');
    if (zipped) void reply.header('content-encoding', 'gzip');
    return zipped ? compressed : html;
  };
}
