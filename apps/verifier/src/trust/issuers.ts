import { didWebOf, type JsonObject, type KnownIssuer, type Term } from '@mcr/credentials';
import { keysOf } from './saved-keys.ts';
import type { SavedDocument, SavedIssuers } from './saved.ts';
import type { TrustFolder } from './trust-folder.ts';

/** Those that the registry has not taken in yet: they have no keys and sign nothing. */
const NOT_TAKEN_IN = ['INVITED', 'PENDING_VERIFICATION'];

type SavedInstitution = SavedIssuers['institutions'][number];
export const takesPart = ({ status }: SavedInstitution): boolean => !NOT_TAKEN_IN.includes(status);

const REGISTRY = 'Micro-credential registry';
const ALWAYS: readonly Term[] = [{ from: '0001-01-01T00:00:00Z' }];

/** Where the registry keeps status lists; the list of suspensions stands beside that of revocations. */
const LIST = /^(did:web:.+):status:[0-9a-f-]{36}(-suspension)?$/;
const SUSPENSION = '-suspension';

/** The issuers of a trust folder, with what a saved list and saved documents can say about them. */
export class Issuers {
  readonly #byDid = new Map<string, { institution: SavedInstitution; saved: SavedDocument }>();
  readonly #registries = new Set<string>();
  #registry: SavedDocument | undefined;
  #isComplete = true;

  private constructor(readonly fetchedAt: string) {}

  /** @throws CannotRun when the folder holds no list of issuers, or a broken one. */
  static async of(folder: TrustFolder): Promise<Issuers> {
    const { institutions, fetchedAt } = await folder.issuers();
    const issuers = new Issuers(fetchedAt);
    for (const institution of institutions.filter(takesPart)) issuers.add(institution, await folder.document(institution.code));
    issuers.#registry = await folder.registry();
    return issuers;
  }

  private add(institution: SavedInstitution, saved: SavedDocument | undefined): void {
    this.#isComplete &&= saved !== undefined;
    if (!saved) return;
    const { id } = saved.document;
    this.#byDid.set(id, { institution, saved });
    const inRegistry = `:institutions:${institution.code}`;
    if (id.endsWith(inRegistry)) this.#registries.add(id.slice(0, -inRegistry.length));
  }

  documentOf(did: string): { readonly document: JsonObject; readonly fetchedAt: string } | undefined {
    const saved = this.isRegistry(did) ? this.#registry : this.#byDid.get(did)?.saved;
    return saved && { document: saved.document as JsonObject, fetchedAt: saved.fetchedAt };
  }

  /**
   * The issuer as the registry knew it, or that it knew none.
   * @throws Error when that cannot be told from what was saved.
   */
  issuer(did: string): KnownIssuer | undefined {
    if (this.isRegistry(did)) return { id: did, name: REGISTRY, recognised: ALWAYS, keys: keysOf(this.#registry!), isRegistry: true };
    const known = this.#byDid.get(did);
    if (!known && !this.#isComplete) throw new Error('It may be one of those whose documents could not be fetched.');
    if (!known) return undefined;
    const { institution, saved } = known;
    // The list says what an institution is, not since when: what it awarded before it was suspended still counts.
    if (institution.status !== 'ACTIVE') throw new Error('It is not known until when it was recognised.');
    return { id: did, name: institution.name, recognised: ALWAYS, keys: keysOf(saved) };
  }

  /** Who keeps status lists for institutions, beside themselves: the registry, where it may not sign for one (any more). */
  get statusIssuers(): readonly string[] {
    const did = this.#registry?.document.id;
    return did !== undefined && this.isRegistry(did) ? [did] : [];
  }

  /** The registry has its institutions below its own DID: a document of another place is not its. */
  private isRegistry(did: string): boolean {
    return this.#registry?.document.id === did && this.#registries.has(did);
  }

  /** Whether the registry itself keeps the list, and the path at which it does. */
  pathOfOwnList(list: string): string | undefined {
    const registry = LIST.exec(didWebOf(list))?.[1];
    return registry !== undefined && this.#registries.has(registry) ? new URL(list).pathname.replace(/^.*(?=\/status\/)/, '') : undefined;
  }

  suspensionListBeside(list: string): string | undefined {
    return this.pathOfOwnList(list) !== undefined && !list.endsWith(SUSPENSION) ? `${list}${SUSPENSION}` : undefined;
  }
}
