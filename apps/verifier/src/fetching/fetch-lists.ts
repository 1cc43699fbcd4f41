import { looksLikeJwt, parseDocument, verifyCredential, type Received } from '@mcr/credentials';
import { CannotRun, reasonOf } from '../cannot-run.ts';
import type { Issuers } from '../trust/issuers.ts';
import { Consulted, savedLookups } from '../trust/lookups.ts';
import type { TrustFolder } from '../trust/trust-folder.ts';
import { textAt } from './text-at.ts';

export interface NamedCredential {
  readonly name: string;
  readonly presented: Received;
}

/** Fetches status lists into a folder, each once a run. */
export class ListFetcher {
  readonly problems: string[] = [];
  readonly #fetched = new Map<string, Promise<string>>();

  constructor(
    private readonly folder: TrustFolder,
    private readonly issuers: Issuers,
    private readonly registry: string,
    private readonly clock: () => Date,
  ) {}

  /** Everything that was saved before is fetched anew. */
  async renew(): Promise<void> {
    for (const list of await this.folder.savedLists()) await this.fetch(list).catch(() => undefined);
  }

  /**
   * Fetches the lists that a verification of the credential asks for, that of suspensions included. A document that is
   * not proven to be an issuer's sends nobody anywhere.
   */
  async listsOf({ name, presented }: NamedCredential): Promise<void> {
    const lookups = { ...savedLookups(this.folder, this.issuers, new Consulted()), statusList: (list: string) => this.fetch(list) };
    const { checks } = await verifyCredential(presented, { lookups, now: this.clock() });
    const unproven = checks.find(({ id, outcome }) => ['parse', 'schema', 'proof', 'issuer_recognised'].includes(id) && outcome !== 'PASS');
    if (unproven) this.problems.push(`${name}: whose credential it is could not be made sure (${unproven.id}, ${unproven.code}: ${unproven.message})`);
  }

  get count(): number {
    return this.#fetched.size;
  }

  private fetch(list: string): Promise<string> {
    const fetching = this.#fetched.get(list) ?? this.fetchOnce(list);
    this.#fetched.set(list, fetching);
    return fetching;
  }

  private async fetchOnce(list: string): Promise<string> {
    const fetchedAt = this.clock().toISOString();
    try {
      const body = await textAt(this.addressOf(list));
      if (!looksLikeJwt(body.trim())) parseDocument(body);
      await this.folder.keepList({ url: list, fetchedAt, body });
      return body;
    } catch (error) {
      if (!(error instanceof CannotRun)) this.problems.push(`not fetched: ${list} (${reasonOf(error)})`);
      else if (!this.problems.includes(error.message)) this.problems.push(error.message);
      throw error;
    }
  }

  /** The registry is reached where the person says; others where they say themselves, which must be safe from others on the way. */
  private addressOf(list: string): string {
    const path = this.issuers.pathOfOwnList(list);
    if (path !== undefined) return `${this.registry}${path}`;
    if (new URL(list).protocol !== 'https:') throw new Error('its address is not https, and not that of the registry');
    return list;
  }
}
