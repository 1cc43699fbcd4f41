import { keyLookup, type VerificationLookups } from '@mcr/credentials';
import type { Issuers } from './issuers.ts';
import type { TrustFolder } from './trust-folder.ts';

/** What a verification found in the folder, and what it looked for in vain. */
export class Consulted {
  readonly #fetchedAt: string[] = [];
  readonly missingLists: string[] = [];

  note(fetchedAt: string): void {
    this.#fetchedAt.push(fetchedAt);
  }

  /** The instant from which on nothing that was looked at is known: that of the oldest. */
  get asOf(): string {
    return new Date(Math.min(...this.#fetchedAt.map((instant) => Date.parse(instant)))).toISOString();
  }
}

/**
 * Lookups over what was saved, and over nothing else: what is not in the folder is unknown. What only the registry can
 * answer (its record of the credential, its catalogue) is not asked.
 */
export function savedLookups(folder: TrustFolder, issuers: Issuers, consulted: Consulted): VerificationLookups {
  consulted.note(issuers.fetchedAt);
  return {
    key: keyLookup({
      ownDocument: async (did) => {
        const saved = issuers.documentOf(did);
        if (saved) consulted.note(saved.fetchedAt);
        return saved?.document;
      },
    }),
    issuer: async (did) => issuers.issuer(did),
    suspensionListBeside: async (list) => issuers.suspensionListBeside(list),
    statusList: async (url) => {
      const list = await folder.list(url);
      if (!list || list.url !== url) {
        consulted.missingLists.push(url);
        throw new Error('The list was not saved.');
      }
      consulted.note(list.fetchedAt);
      return list.body;
    },
  };
}
