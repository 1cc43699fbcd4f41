import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CredentialSigned } from '@mcr/contracts';
import { type Credential, type JsonObject, type SecuredCredential, addProof, credentialHash, faultsOfCredential } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { UnitOfWork } from '@mcr/messaging';
import { Clock, Settings } from '@mcr/runtime';
import { refused } from '../../http/vc-api/requests.ts';
import { type DelegatedKey, delegatedKeyOf } from '../../storage/verification-store.ts';
import { DevelopmentKey } from './development-key.ts';
import { DocumentSigner } from './document-signer.ts';

/** Signs what others wrote, if it is a credential without a proof, in the name of the issuer whose key it is. */
@Injectable()
export class VcIssuer {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly signer: DocumentSigner,
    private readonly development: DevelopmentKey,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  get issuesForThisMachine(): boolean {
    return this.development.key !== undefined;
  }

  /**
   * For the institution of that code, at the request of a client of it. What is signed is noted in the log before anybody has it.
   * @throws Refusal with every fault of the credential, or when the registry does not sign for the institution.
   */
  async forInstitution(institution: string, clientId: string, given: JsonObject): Promise<SecuredCredential> {
    const key = await delegatedKeyOf(this.database, institution);
    if (!key) throw new Refusal('ILLEGAL_STATE', 'The registry does not sign for this institution: delegate signing first.');
    const document = await credentialOf(given, key.did);
    this.mustNotBeAList(document);
    const now = this.clock.now();
    const [secured] = await this.signer.secure([{ document, verificationMethod: key.kid, created: now }]);
    if (!secured) throw new Refusal('UNAVAILABLE', 'The key changed just now.', { retryAfterSeconds: 2 });
    await this.note(secured, clientId, key, now);
    return secured;
  }

  private async note(secured: SecuredCredential, clientId: string, { institutionCtid, kid }: DelegatedKey, now: Date): Promise<void> {
    const signingId = `urn:uuid:${randomUUID()}`;
    const data = { signingId, institutionCtid, clientId, kid, hash: credentialHash(secured), signedAt: now.toISOString() };
    await this.unitOfWork.run(async (tx) => tx.append(CredentialSigned, data, { version: 1, now }));
  }

  /** A status list of the registry is believed because of this key: nobody else writes one. */
  private mustNotBeAList({ id }: Credential): void {
    if (!id?.startsWith(`${this.settings.publicUrl}/status/`)) return;
    const message = 'The registry alone writes its status lists.';
    throw refused(message, [
      { pointer: '/credential/id', code: 'NOT_ALLOWED', message, hint: 'Give it an id of its own, such as "urn:uuid:" and a random UUID.' },
    ]);
  }

  /** The same with the key for development. */
  async forThisMachine(given: JsonObject): Promise<SecuredCredential> {
    const { key, did, verificationMethod } = this.development;
    if (!key) throw new Refusal('UNAUTHENTICATED');
    return addProof(await credentialOf(given, did!), { key, verificationMethod: verificationMethod!, created: this.clock.now() });
  }
}

async function credentialOf(given: JsonObject, did: string): Promise<Credential> {
  const issuer = (given['issuer'] as { id?: unknown } | undefined)?.id ?? given['issuer'];
  if (issuer !== did)
    throw refused('The issuer is not the one that you issue for.', [{ pointer: '/credential/issuer', code: 'NOT_YOURS', message: `Expected ${did}.` }]);
  if (given['proof'] !== undefined)
    throw refused('The credential is signed already.', [{ pointer: '/credential/proof', code: 'NOT_ALLOWED', message: 'Send it without a proof.' }]);
  const faults = await faultsOfCredential(given);
  if (faults.length === 0) return given as Credential;
  throw refused(
    'The credential is not one.',
    faults.map((fault) => ({ ...fault, pointer: `/credential${fault.pointer}` })),
  );
}
