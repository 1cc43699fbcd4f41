import { Issuers } from '../trust/issuers.ts';
import { TrustFolder } from '../trust/trust-folder.ts';
import { fetchIssuers } from './fetch-issuers.ts';
import { ListFetcher, type NamedCredential } from './fetch-lists.ts';

export interface FetchedTrust {
  /** How many status lists were asked for. */
  readonly lists: number;
  /** What could not be fetched, a line each. */
  readonly problems: readonly string[];
}

/**
 * Saves what verifications without the registry need: its issuers with their DID documents, the status lists of these
 * credentials, and anew those that were saved before. May be repeated and interrupted; what cannot be fetched stays as it was.
 */
export async function fetchTrust(dir: string, url: string, credentials: readonly NamedCredential[], clock: () => Date): Promise<FetchedTrust> {
  const folder = new TrustFolder(dir);
  const problems = await fetchIssuers(folder, url, clock);
  const fetcher = new ListFetcher(folder, await Issuers.of(folder), url, clock);
  for (const credential of credentials) await fetcher.listsOf(credential);
  await fetcher.renew();
  return { lists: fetcher.count, problems: [...problems, ...fetcher.problems] };
}
