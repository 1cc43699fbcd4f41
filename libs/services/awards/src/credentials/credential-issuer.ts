import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CredentialIssued } from '@mcr/contracts';
import { type SecuredCredential, credentialHash, openBadgeOf } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { UnitOfWork } from '@mcr/messaging';
import { Clock, Settings } from '@mcr/runtime';
import { type NewCredential, awaitCredentials, keepCredentials, uncredentialed } from '../storage/credential-store.ts';
import { type Ready, credentialSource, isReady } from './credential-source.ts';
import { DocumentSigner } from './signing/document-signer.ts';
import { type Entry, allocateEntries } from './status/allocate-entries.ts';
import { listAddress } from './status/list-address.ts';

const URN = 'urn:uuid:';
const withoutUrn = (awardId: string): string => awardId.slice(URN.length);

/** Gives awards their signed credentials. To be asked again changes nothing: an award has one credential. */
@Injectable()
export class CredentialIssuer {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly signer: DocumentSigner,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** `awardIds` are UUIDs. What cannot have one yet is noted, and tried again once its institution has a key. */
  async issue(awardIds: readonly string[]): Promise<void> {
    const found = await uncredentialed(this.database, awardIds);
    const ready = found.filter(isReady);
    const waiting = found.filter((each) => !isReady(each));
    const unsigned = await this.build(ready);
    const secured = await this.signer.secure(
      unsigned.map(({ document, ready: { kid } }) => ({ document, verificationMethod: kid, created: this.clock.now() })),
    );
    const credentials = secured.flatMap((credential, at) => (credential ? [this.toKeep(unsigned[at]!, credential)] : []));
    waiting.push(...unsigned.flatMap((each, at) => (secured[at] ? [] : [each.ready])));
    await awaitCredentials(
      this.database,
      waiting.map(({ award }) => ({ awardId: withoutUrn(award.awardId), institutionCtid: award.institutionCtid })),
    );
    await this.keep(credentials);
  }

  private async build(ready: readonly Ready[]) {
    const entries = await this.entriesFor(ready);
    return ready.map((each) => {
      const credentialId = `${URN}${randomUUID()}`;
      const entry = entries.get(each)!;
      return { ready: each, credentialId, entry, document: openBadgeOf(credentialSource(each, credentialId, entry, this.settings.publicUrl)) };
    });
  }

  private async entriesFor(ready: readonly Ready[]): Promise<Map<Ready, Entry>> {
    const byInstitution = Map.groupBy(ready, ({ award }) => award.institutionCtid);
    const wanted = new Map([...byInstitution].map(([institutionCtid, own]) => [institutionCtid, own.length]));
    if (wanted.size === 0) return new Map();
    const allocated = await this.unitOfWork.run((tx) => allocateEntries(tx, wanted));
    return new Map([...byInstitution].flatMap(([institutionCtid, own]) => own.map((each, at) => [each, allocated.get(institutionCtid)![at]!] as const)));
  }

  private toKeep({ ready, credentialId, entry }: { ready: Ready; credentialId: string; entry: Entry }, credential: SecuredCredential): NewCredential {
    return {
      awardId: withoutUrn(ready.award.awardId),
      credentialId,
      kid: ready.kid,
      ...entry,
      hash: credentialHash(credential),
      document: JSON.stringify(credential),
    };
  }

  private async keep(credentials: readonly NewCredential[]): Promise<void> {
    if (credentials.length === 0) return;
    const now = this.clock.now();
    const byAward = new Map(credentials.map((credential) => [credential.awardId, credential]));
    await this.unitOfWork.run(async (tx) => {
      for (const { awardId, version, partition } of await keepCredentials(tx, credentials, now)) {
        const { credentialId, hash, listId, index } = byAward.get(awardId)!;
        const statusList = { id: listAddress(this.settings.publicUrl, listId, 'revocation'), index };
        tx.append(CredentialIssued, { awardId: `${URN}${awardId}`, credentialId, hash, statusList }, { version, partition, now });
      }
    });
  }
}
