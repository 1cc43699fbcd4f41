import { Injectable } from '@nestjs/common';
import { CredentialIssued } from '@mcr/contracts';
import { type SecuredCredential, credentialHash } from '@mcr/credentials';
import { UnitOfWork } from '@mcr/messaging';
import { Clock } from '@mcr/runtime';
import { type NewCredential, keepCredentials } from '../storage/credential-store.ts';
import { type BadgeDraft, BadgeDrafts } from './badge-drafts.ts';
import { isReady } from './credential-source.ts';
import { DocumentSigner } from './signing/document-signer.ts';
import { type FoundAward, UncredentialedAwards, uuidOf } from './uncredentialed-awards.ts';

/** A credential to be kept, and where the world reads its status. */
interface Signed extends NewCredential {
  readonly statusList?: { readonly id: string; readonly index: number };
}

/** Gives awards their signed credentials. To be asked again changes nothing: an award has one credential. */
@Injectable()
export class CredentialIssuer {
  constructor(
    private readonly awards: UncredentialedAwards,
    private readonly drafts: BadgeDrafts,
    private readonly signer: DocumentSigner,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * `awardIds` are UUIDs. What the institution signed itself is the award's credential; every other one is signed here. What cannot have one yet is noted,
   * and tried again once its institution has a key. Answers how many got theirs.
   */
  async issue(awardIds: readonly string[]): Promise<number> {
    const found = await this.awards.among(awardIds);
    const own = found.flatMap(signedByInstitution);
    const others = found.filter(({ particulars }) => !particulars.signed);
    const drafts = await this.drafts.of(others.filter(isReady));
    const secured = await this.signer.secure(drafts.map(({ document, ready: { kid } }) => ({ document, verificationMethod: kid, created: this.clock.now() })));
    const signed = drafts.flatMap((draft, at) => (secured[at] ? [signedHere(draft, secured[at])] : []));
    await this.awards.haveToWait([...others.filter((each) => !isReady(each)), ...drafts.flatMap(({ ready }, at) => (secured[at] ? [] : [ready]))]);
    return this.keep([...own, ...signed]);
  }

  private async keep(credentials: readonly Signed[]): Promise<number> {
    if (credentials.length === 0) return 0;
    const now = this.clock.now();
    const byAward = new Map(credentials.map((credential) => [credential.awardId, credential]));
    return this.unitOfWork.run(async (tx) => {
      const kept = await keepCredentials(tx, credentials, now);
      for (const { awardId, version, partition } of kept) {
        const { credentialId, hash, statusList } = byAward.get(awardId)!;
        tx.append(CredentialIssued, { awardId: `urn:uuid:${awardId}`, credentialId, hash, statusList }, { version, partition, now });
      }
      return kept.length;
    });
  }
}

function signedByInstitution(found: FoundAward): Signed[] {
  const { signed } = found.particulars;
  if (!signed) return [];
  const { credentialId, verificationMethod: kid, hash, document } = signed;
  return [{ awardId: uuidOf(found), credentialId, kid, hash, document, signedBy: 'INSTITUTION' }];
}

const signedHere = ({ ready, credentialId, entry, list }: BadgeDraft, credential: SecuredCredential): Signed => ({
  awardId: uuidOf(ready),
  credentialId,
  kid: ready.kid,
  signedBy: 'REGISTRY',
  entry,
  statusList: { id: list, index: entry.index },
  hash: credentialHash(credential),
  document: JSON.stringify(credential),
});
