import { parseDocument } from '@mcr/credentials';
import { pagesOf } from '@mcr/registry-client';
import { CannotRun, reasonOf } from '../cannot-run.ts';
import { takesPart } from '../trust/issuers.ts';
import { KeyHistory, SavedDocument, SavedIssuers, readAs } from '../trust/saved.ts';
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

/** The document, and the history of the keys in it, asked for afterwards: so no key of the document is without one. */
async function documentAt(institution: string, fetchedAt: string): Promise<SavedDocument> {
  const address = `${institution}/did.json`;
  const document = parseDocument(await textAt(address));
  const { did, keys } = readAs(KeyHistory, parseDocument(await textAt(`${institution}/keys.json`)));
  if (did !== document['id']) throw new Error('its keys are those of another DID');
  return readAs(SavedDocument, { url: address, fetchedAt, keys, document });
}

/**
 * Saves the issuer list and the DID document of everyone on it with the history of their keys. An older document stays when a newer one cannot be had.
 * @returns what could not be fetched, a line each.
 * @throws CannotRun when the list itself cannot be had; the folder is then as it was.
 */
export async function fetchIssuers(folder: TrustFolder, url: string, clock: () => Date): Promise<string[]> {
  const issuers = await listAt(url, clock().toISOString());
  const problems: string[] = [];
  for (const { code } of issuers.institutions.filter(takesPart)) {
    const institution = `${url}/institutions/${code}`;
    try {
      await folder.keepDocument(code, await documentAt(institution, clock().toISOString()));
    } catch (error) {
      if (error instanceof CannotRun) throw error;
      problems.push(`not fetched: ${institution}/did.json (${reasonOf(error)})`);
    }
  }
  await folder.keepIssuers(issuers);
  return problems;
}
