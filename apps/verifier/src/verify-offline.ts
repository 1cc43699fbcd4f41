import { verifyCredential, type Received, type Verification } from '@mcr/credentials';
import { Issuers } from './trust/issuers.ts';
import { Consulted, savedLookups } from './trust/lookups.ts';
import { TrustFolder } from './trust/trust-folder.ts';

/** A verification by what was saved, with how old that is. */
export interface OfflineVerification extends Verification {
  /** When the oldest of what was looked at was fetched: nothing that happened after it is known. */
  readonly listsAsOf: string;
  /** Status lists that the credential names and that nobody saved. */
  readonly missingLists: readonly string[];
}

/**
 * Verifies what was presented with a trust folder alone. Asks no network.
 * @throws CannotRun when the folder holds nothing to verify with.
 */
export async function verifyOffline(
  presented: Received,
  dir: string,
  { now, asOf }: { readonly now: Date; readonly asOf?: Date },
): Promise<OfflineVerification> {
  const folder = new TrustFolder(dir);
  const consulted = new Consulted();
  const issuers = await Issuers.of(folder);
  const lookups = savedLookups(folder, issuers, consulted);
  const verification = await verifyCredential(presented, { lookups, now, statusIssuers: issuers.statusIssuers, ...(asOf ? { asOf } : {}) });
  return { ...verification, listsAsOf: consulted.asOf, missingLists: consulted.missingLists };
}
