import {
  type Credential,
  type Cryptosuite,
  type DidDocument,
  type IssuerKey,
  type KnownIssuer,
  type Party,
  type SecuredCredential,
  SigningKey,
  didDocument,
  didWebOf,
  withSignature,
} from '@mcr/credentials';
import { Secrets, Settings } from '@mcr/runtime';
import { ProofMaker } from './proof-maker.ts';

/** The registry has had its key for as long as anything was signed with it. */
const ALWAYS = '1970-01-01T00:00:00Z';

const NAME = 'Micro-credential registry';

/**
 * The registry as an issuer of its own, `did:web` at its public address, with a key that is no institution's. It signs only what it puts together
 * from what institutions signed, and the status lists of those for which it may not sign (any more). The key lies in the service's own folder, outside
 * the database.
 */
export class RegistryKey {
  /** As whom it signs. */
  readonly party: Party;
  readonly #key: SigningKey;
  readonly #proofs: ProofMaker;

  private constructor(publicUrl: string, key: SigningKey, proofs: ProofMaker) {
    this.party = { id: didWebOf(publicUrl), name: NAME, url: publicUrl };
    this.#key = key;
    this.#proofs = proofs;
  }

  static async from(settings: Settings, secrets: Secrets, proofs: ProofMaker): Promise<RegistryKey> {
    return new RegistryKey(settings.publicUrl, SigningKey.ofSeed(await secrets.bytes('registry-issuer')), proofs);
  }

  get did(): string {
    return this.party.id;
  }

  get kid(): string {
    return `${this.did}#${this.#key.publicKey.multibase}`;
  }

  get #known(): IssuerKey {
    const publicKeyMultibase = this.#key.publicKey.multibase;
    return { id: this.kid, publicKeyMultibase, activatedAt: ALWAYS };
  }

  document(now: Date): DidDocument {
    return didDocument(this.did, [this.#known], now);
  }

  /** As verifications know it: recognised, and keeping no record of what it signs. */
  get issuer(): KnownIssuer {
    return { id: this.did, name: NAME, recognised: [{ from: ALWAYS }], keys: [this.#known], isRegistry: true };
  }

  async secure(document: Credential, created: Date, cryptosuite?: Cryptosuite): Promise<SecuredCredential> {
    const [unsigned] = await this.#proofs.unsigned([{ document, verificationMethod: this.kid, created, ...(cryptosuite && { cryptosuite }) }]);
    return withSignature(document, unsigned!, this.#key.sign(unsigned!.bytes));
  }
}
