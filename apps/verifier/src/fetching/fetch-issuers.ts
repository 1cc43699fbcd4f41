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
 * Saves the issuer list, the DID document of everyone on it with the history of their keys, and that of the registry itself. An older document stays when a newer one cannot be had.
 * @returns what could not be fetched, a line each.
 * @throws CannotRun when the list itself cannot be had; the folder is then as it was.
 */
export async function fetchIssuers(folder: TrustFolder, url: string, clock: () => Date): Promise<string[]> {
  const issuers = await listAt(url, clock().toISOString());
  const problems: string[] = [];
  const attempt = async (address: string, keep: (address: string, fetchedAt: string) => Promise<void>): Promise<void> => {
    try {
      await keep(address, clock().toISOString());
    } catch (error) {
      if (error instanceof CannotRun) throw error;
      problems.push(`not fetched: ${address} (${reasonOf(error)})`);
    }
  };
  for (const { code } of issuers.institutions.filter(takesPart)) {
    const institution = `${url}/institutions/${code}`;
    await attempt(`${institution}/did.json`, async (_, fetchedAt) => folder.keepDocument(code, await documentAt(institution, fetchedAt)));
  }
  await attempt(`${url}/.well-known/did.json`, async (address, fetchedAt) =>
    folder.keepRegistry(readAs(SavedDocument, { url: address, fetchedAt, document: parseDocument(await textAt(address)) })),
  );
  await folder.keepIssuers(issuers);
  return problems;
}
