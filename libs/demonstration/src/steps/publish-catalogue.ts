import { mutateAll, pagesOf } from '@mcr/registry-client';
import type { SampleMicroCredential } from '../samples.ts';
import type { Step } from './step.ts';

/** What the catalogue shows already: defining it again would begin a second version. */
const publishedCtids = async (url: string): Promise<Set<string>> =>
  new Set((await pagesOf<{ readonly ctid: string }>(url, 'microCredentials', 'ctid')).map(({ ctid }) => ctid));

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
