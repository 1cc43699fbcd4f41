import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { StatusListPublished } from '@mcr/contracts';
import { type Credential, type SecuredCredential, credentialHash, statusListOf } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { UnitOfWork } from '@mcr/messaging';
import { Clock, Settings } from '@mcr/runtime';
import {
  type KeptList,
  type ListName,
  type ListState,
  type PublishedList,
  type Purpose,
  keepPublishedList,
  readListState,
  readPublishedLists,
} from '../../storage/status-list-store.ts';
import { DocumentSigner } from '../signing/document-signer.ts';
import { RegistryKey } from '../signing/registry-key.ts';
import { listAddress } from './list-address.ts';

const HOUR_MS = 60 * 60 * 1000;
/** How long a list may be relied on, and after how much of that it is signed anew. */
const VALID_MS = 24 * HOUR_MS;
const RENEW_MS = 12 * HOUR_MS;
/** A list is valid from a little before it was signed: clocks differ, and whoever verifies may have looked at theirs just before. */
const CLOCK_SKEW_MS = 60_000;
/** After how long a reader should ask again: what is revoked shows within this. */
export const STATUS_TTL_MS = 60_000;

const bitsHash = ({ set }: ListState): Buffer => createHash('sha256').update(set.join()).digest();

const nameOf = ({ listId, purpose }: ListName): string => `${listId} ${purpose}`;

/** So often a list is signed in a row while its bits go on changing; other lists wait meanwhile. */
const MOST_ROUNDS = 10;

/** The form that is quick to verify: a list is read with every credential. */
const CRYPTOSUITE = 'eddsa-jcs-2022';

/**
 * The status lists as the world reads them, always from the awards as they are now: signed in the name of their institution, or, where the registry may
 * not sign for it (any more), by the registry itself. What an institution awarded has to be told good from revoked whoever signs for it today.
 */
@Injectable()
export class StatusLists {
  /** What publishes a list now: whoever asks this process meanwhile comes after it, so that nothing is signed twice. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly signer: DocumentSigner,
    private readonly registry: RegistryKey,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** As it is published; signed now where it never was, long ago, or by a key that is retired. Undefined when there is no such list, or its key went just now. */
  async read(listId: string, purpose: Purpose): Promise<PublishedList | undefined> {
    const [list] = await this.readAll([{ listId, purpose }]);
    return list;
  }

  /** The same for several, in the order given. */
  async readAll(names: readonly ListName[]): Promise<(PublishedList | undefined)[]> {
    const kept = new Map((await readPublishedLists(this.database, names)).map((list) => [nameOf(list), list]));
    const lists: (PublishedList | undefined)[] = [];
    for (const name of names) {
      const published = kept.get(nameOf(name));
      lists.push(published && !this.isOld(published) ? published : await this.publish(name.listId, name.purpose));
    }
    return lists;
  }

  /** Publishes it again if a bit has changed, or if it is old. */
  async publish(listId: string, purpose: Purpose): Promise<PublishedList | undefined> {
    const list = nameOf({ listId, purpose });
    const turn = (this.#last.get(list) ?? Promise.resolve()).then(() => this.publishNow(listId, purpose));
    const settled = turn.catch(() => undefined);
    this.#last.set(list, settled);
    try {
      return await turn;
    } finally {
      if (this.#last.get(list) === settled) this.#last.delete(list);
    }
  }

  /**
   * Until what is published is what is so, or changes come so fast that the events of later ones will see to it. Another process may publish the same
   * list meanwhile: its bits are replaced only by ones that were read after them, whatever the clocks of both say, and after each publication the awards
   * are asked again, also for a change that was taken back at once.
   */
  private async publishNow(listId: string, purpose: Purpose): Promise<PublishedList | undefined> {
    for (let round = 0; ; round += 1) {
      const signedAt = this.clock.now();
      const [published] = await readPublishedLists(this.database, [{ listId, purpose }]);
      const state = await readListState(this.database, listId, purpose);
      if (!state) return undefined;
      if (published && !this.isOld(published) && (round >= MOST_ROUNDS || published.bitsHash.equals(bitsHash(state)))) return published;
      const signed = await this.sign(listId, purpose, state, signedAt);
      if (!signed) return published;
      await this.keep({ listId, purpose }, state, signed, published?.version);
    }
  }

  private async keep({ listId, purpose }: ListName, { institutionCtid }: ListState, signed: PublishedList, after: number | undefined): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const version = await keepPublishedList(tx, { listId, purpose }, signed, after);
      if (version === undefined) return;
      const { etag, signedAt, validUntil } = signed;
      const data = {
        statusList: listAddress(this.settings.publicUrl, listId, purpose),
        purpose,
        institutionCtid,
        hash: etag.slice(1, -1),
        publishedAt: signedAt.toISOString(),
        validUntil: validUntil.toISOString(),
      };
      tx.append(StatusListPublished, data, { version, now: signedAt });
    });
  }

  private async sign(listId: string, purpose: Purpose, state: ListState, signedAt: Date): Promise<PublishedList | undefined> {
    const { kid, did } = state;
    const validUntil = new Date(signedAt.getTime() + VALID_MS);
    const document = await statusListOf({
      id: listAddress(this.settings.publicUrl, listId, purpose),
      issuer: did ?? this.registry.did,
      purpose,
      set: state.set,
      length: state.entries,
      validFrom: new Date(signedAt.getTime() - CLOCK_SKEW_MS).toISOString(),
      validUntil: validUntil.toISOString(),
      ttlMs: STATUS_TTL_MS,
    });
    const secured = await this.secure(document, kid, signedAt);
    if (!secured) return undefined;
    const etag = `"${credentialHash(secured)}"`;
    return { kid: kid ?? this.registry.kid, document: JSON.stringify(secured), etag, bitsHash: bitsHash(state), signedAt, validUntil };
  }

  /** With the key of the institution that the registry has, or with its own. Null when that of the institution may not sign any more. */
  private async secure(document: Credential, kid: string | null, created: Date): Promise<SecuredCredential | null> {
    if (kid === null) return this.registry.secure(document, created, CRYPTOSUITE);
    const [secured] = await this.signer.secure([{ document, verificationMethod: kid, created, cryptosuite: CRYPTOSUITE }]);
    return secured ?? null;
  }

  private isOld({ signedAt, kid, signs, delegated }: KeptList): boolean {
    const isBySigner = signs || (kid === this.registry.kid && !delegated);
    return !isBySigner || this.clock.now().getTime() - signedAt.getTime() > RENEW_MS;
  }
}
