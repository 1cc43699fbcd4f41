import { Injectable } from '@nestjs/common';
import { CredentialIssued } from '@mcr/contracts';
import { type SecuredCredential, credentialHash } from '@mcr/credentials';
import { UnitOfWork } from '@mcr/messaging';
import { Clock, Settings } from '@mcr/runtime';
import { type NewCredential, keepCredentials } from '../storage/credential-store.ts';
import { type BadgeDraft, BadgeDrafts } from './badge-drafts.ts';
import { isReady } from './credential-source.ts';
import { DocumentSigner } from './signing/document-signer.ts';
import { listAddress } from './status/list-address.ts';
import { UncredentialedAwards, uuidOf } from './uncredentialed-awards.ts';

/** Gives awards their signed credentials. To be asked again changes nothing: an award has one credential. */
@Injectable()
export class CredentialIssuer {
  constructor(
    private readonly awards: UncredentialedAwards,
    private readonly drafts: BadgeDrafts,
    private readonly signer: DocumentSigner,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** `awardIds` are UUIDs. What cannot have one yet is noted, and tried again once its institution has a key. */
  async issue(awardIds: readonly string[]): Promise<void> {
    const found = await this.awards.among(awardIds);
    const drafts = await this.drafts.of(found.filter(isReady));
    const secured = await this.signer.secure(drafts.map(({ document, ready: { kid } }) => ({ document, verificationMethod: kid, created: this.clock.now() })));
    const signed = drafts.flatMap((draft, at) => (secured[at] ? [toKeep(draft, secured[at])] : []));
    await this.awards.haveToWait([...found.filter((each) => !isReady(each)), ...drafts.flatMap(({ ready }, at) => (secured[at] ? [] : [ready]))]);
    await this.keep(signed);
  }

  private async keep(credentials: readonly NewCredential[]): Promise<void> {
    if (credentials.length === 0) return;
    const now = this.clock.now();
    const byAward = new Map(credentials.map((credential) => [credential.awardId, credential]));
    await this.unitOfWork.run(async (tx) => {
      for (const { awardId, version, partition } of await keepCredentials(tx, credentials, now)) {
        const { credentialId, hash, listId, index } = byAward.get(awardId)!;
        const statusList = { id: listAddress(this.settings.publicUrl, listId, 'revocation'), index };
        tx.append(CredentialIssued, { awardId: `urn:uuid:${awardId}`, credentialId, hash, statusList }, { version, partition, now });
      }
    });
  }
}

const toKeep = ({ ready, credentialId, entry }: BadgeDraft, credential: SecuredCredential): NewCredential => ({
  awardId: uuidOf(ready),
  credentialId,
  kid: ready.kid,
  ...entry,
  hash: credentialHash(credential),
  document: JSON.stringify(credential),
});
