import { Injectable } from '@nestjs/common';
import {
  type Egress,
  type KnownIssuer,
  type RegistryRecord,
  type VerificationLookups,
  credentialHash,
  didDocument,
  keyLookup,
  looksLikeJwt,
} from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Clock, Settings, guardedEgress } from '@mcr/runtime';
import { datesOf, effectiveStatus } from '../../domain/award/effective-status.ts';
import { recognisedTerms } from '../../domain/institution-terms.ts';
import { microCredentialNamed } from '../../domain/signed/micro-credential-named.ts';
import { credentialById, issuerByDid, issuerKeysOf, nameOfVersion } from '../../storage/verification-store.ts';
import { unsecured } from '../unsecured.ts';
import { listNamed } from '../status/list-address.ts';
import { StatusLists } from '../status/status-lists.ts';

/** What a verification asks: of the registry's own from its store, of others through the guard. */
@Injectable()
export class RegistryLookups {
  readonly #egress: Egress;

  constructor(
    private readonly database: Database,
    private readonly lists: StatusLists,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    this.#egress = guardedEgress({ hosts: settings.egressHosts });
  }

  /** For one verification: what was looked up is not asked again in it. */
  everything(): VerificationLookups {
    return {
      ...this.withoutRegistry(),
      issuer: (id) => this.issuer(id),
      record: (credentialId, asOf) => this.record(credentialId, asOf),
      definition: (id) => this.definition(id),
    };
  }

  /** Keys and lists only: whether something is in order by itself, whoever made it. */
  withoutRegistry(): VerificationLookups {
    return {
      key: keyLookup({ ownDocument: (did) => this.ownDocument(did), egress: this.#egress }),
      statusList: (url) => this.statusList(url),
      suspensionListBeside: async (url) => (this.ownList(url)?.purpose === 'revocation' ? `${url}-suspension` : undefined),
    };
  }

  /** A document at an address that somebody named. @throws when it cannot be had. */
  async fetch(url: string): Promise<Uint8Array> {
    return (await this.#egress(url)).body;
  }

  private async ownDocument(did: string) {
    const issuer = await issuerByDid(this.database, did);
    return issuer && didDocument(did, issuerKeysOf(issuer.keys), this.clock.now());
  }

  private ownList(url: string) {
    const prefix = `${this.settings.publicUrl}/status/`;
    return url.startsWith(prefix) ? listNamed(url.slice(prefix.length)) : undefined;
  }

  private async statusList(url: string): Promise<Uint8Array | string> {
    const own = this.ownList(url);
    if (!own) return (await this.#egress(url)).body;
    const list = await this.lists.read(own.listId, own.purpose);
    if (!list) throw new Error('There is no such list here.');
    return list.document;
  }

  private async issuer(did: string): Promise<KnownIssuer | undefined> {
    const issuer = await issuerByDid(this.database, did);
    return issuer && { id: did, name: issuer.name['en-CA'], recognised: recognisedTerms(issuer.standings), keys: issuerKeysOf(issuer.keys) };
  }

  private async record(credentialId: string, asOf: Date): Promise<RegistryRecord | undefined> {
    const issued = await credentialById(this.database, credentialId);
    if (!issued) return undefined;
    const { issuer, hash, document, receivedAt, award } = issued;
    // A JWT that the registry makes of a document is known by what it says: it has another proof than the document that was kept.
    const hashes = looksLikeJwt(document) ? [hash] : [hash, credentialHash(unsecured(document))];
    return { issuer, hashes, receivedAt: receivedAt.toISOString(), status: effectiveStatus(datesOf(award), asOf) };
  }

  private async definition(id: string) {
    const named = microCredentialNamed(id, this.settings.publicUrl);
    const name = named && (await nameOfVersion(this.database, named.ctid, named.version));
    return name ? { id, name } : undefined;
  }
}
