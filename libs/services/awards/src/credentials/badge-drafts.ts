import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Credential, openBadgeOf } from '@mcr/credentials';
import { UnitOfWork } from '@mcr/messaging';
import { Settings } from '@mcr/runtime';
import { type Ready, credentialSource } from './credential-source.ts';
import { type Entry, allocateEntries } from './status/allocate-entries.ts';
import { listAddress } from './status/list-address.ts';

/** A credential that is to be signed. */
export interface BadgeDraft {
  readonly ready: Ready;
  readonly credentialId: string;
  readonly entry: Entry;
  /** The address of the list in which it has that entry. */
  readonly list: string;
  readonly document: Credential;
}

/** Makes the credentials of awards, each with a place of its own in a status list of its institution. */
@Injectable()
export class BadgeDrafts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {}

  /** In the order given. */
  async of(ready: readonly Ready[]): Promise<BadgeDraft[]> {
    const entries = await this.entriesFor(ready);
    return ready.map((each) => {
      const credentialId = `urn:uuid:${randomUUID()}`;
      const entry = entries.get(each)!;
      const list = listAddress(this.settings.publicUrl, entry.listId, 'revocation');
      return { ready: each, credentialId, entry, list, document: openBadgeOf(credentialSource(each, credentialId, entry, this.settings.publicUrl)) };
    });
  }

  private async entriesFor(ready: readonly Ready[]): Promise<Map<Ready, Entry>> {
    const byInstitution = Map.groupBy(ready, ({ award }) => award.institutionCtid);
    const wanted = new Map([...byInstitution].map(([institutionCtid, own]) => [institutionCtid, own.length]));
    if (wanted.size === 0) return new Map();
    const allocated = await this.unitOfWork.run((tx) => allocateEntries(tx, wanted));
    return new Map([...byInstitution].flatMap(([institutionCtid, own]) => own.map((each, at) => [each, allocated.get(institutionCtid)![at]!] as const)));
  }
}
