import { parseDocument } from '@mcr/credentials';
import { pagesOf } from '@mcr/registry-client';
import { CannotRun, reasonOf } from '../cannot-run.ts';
import { takesPart } from '../trust/issuers.ts';
import { SavedDocument, SavedIssuers, readAs } from '../trust/saved.ts';
import type { TrustFolder } from '../trust/trust-folder.ts';
import { textAt } from './text-at.ts';

async function listAt(url: string, fetchedAt: string): Promise<SavedIssuers> {
  try {
    const institutions = await pagesOf<SavedIssuers['institutions'][number]>(url, 'institutions', 'code name status');
    return readAs(SavedIssuers, { url: `${url}/graphql`, fetchedAt, institutions });
  } catch (error) {
    throw new CannotRun(`The registry at ${url} does not give its institutions (${reasonOf(error)}). Nothing was saved. Start it, or name it with --url.`);
  }
}

/**
 * Saves the issuer list and the DID document of everyone on it. An older document stays when a newer one cannot be had.
 * @returns what could not be fetched, a line each.
 * @throws CannotRun when the list itself cannot be had; the folder is then as it was.
 */
export async function fetchIssuers(folder: TrustFolder, url: string, clock: () => Date): Promise<string[]> {
  const issuers = await listAt(url, clock().toISOString());
  const problems: string[] = [];
  for (const { code } of issuers.institutions.filter(takesPart)) {
    const address = `${url}/institutions/${code}/did.json`;
    const fetchedAt = clock().toISOString();
    try {
      await folder.keepDocument(code, readAs(SavedDocument, { url: address, fetchedAt, document: parseDocument(await textAt(address)) }));
    } catch (error) {
      if (error instanceof CannotRun) throw error;
      problems.push(`not fetched: ${address} (${reasonOf(error)})`);
    }
  }
  await folder.keepIssuers(issuers);
  return problems;
}
