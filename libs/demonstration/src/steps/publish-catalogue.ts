import { ask } from '../registry/http.ts';
import { mutateAll } from '../registry/mutations.ts';
import { patiently } from '../registry/patience.ts';
import type { SampleMicroCredential } from '../samples.ts';
import type { Step } from './step.ts';

const PAGE = 100;
const QUERY = `query Published($after: String) {
  microCredentials(first: ${PAGE}, after: $after) { nodes { ctid } pageInfo { endCursor hasNextPage } } }`;

interface Page {
  readonly microCredentials: {
    readonly nodes: { readonly ctid: string }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

async function readPage(url: string, after: string | null): Promise<Page['microCredentials']> {
  const body = JSON.stringify({ query: QUERY, variables: { after } });
  const answer = await patiently(() => ask(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
  const data = (answer.body as { data?: Page | null } | undefined)?.data;
  if (!data) throw new Error(`The catalogue cannot be read (${answer.status}).`);
  return data.microCredentials;
}

/** What the catalogue shows already: defining it again would begin a second version. */
async function publishedCtids(url: string): Promise<Set<string>> {
  const found = new Set<string>();
  let page = await readPage(url, null);
  for (;;) {
    for (const { ctid } of page.nodes) found.add(ctid);
    if (!page.pageInfo.hasNextPage) return found;
    page = await readPage(url, page.pageInfo.endCursor);
  }
}

/** Defines and publishes what is not in the catalogue yet. */
export async function publishCatalogue({ url, tokens, progress }: Step, catalogue: readonly SampleMicroCredential[]): Promise<void> {
  const published = await publishedCtids(url);
  const missing = catalogue.filter(({ ctid }) => !published.has(ctid));
  const bar = progress('micro-credentials', missing.length * 2);
  const run = { url, token: tokens.registrar, done: bar.advance };
  const definitions = missing.map(({ ctid, ownedBy, offeredBy, definition }) => ({ ctid, ownedBy, offeredBy, definition }));
  const outcomes = await mutateAll({ ...run, field: 'defineMicroCredential', inputs: definitions, alreadyDone: ['TITLE_TAKEN', 'CTID_TAKEN'] });
  const drafts = outcomes.filter(({ refusal }) => refusal === undefined).map(({ input }) => ({ ctid: input.ctid, version: 1 }));
  await mutateAll({ ...run, field: 'publishMicroCredential', inputs: drafts, alreadyDone: ['ILLEGAL_STATE'] });
  bar.finish();
}
