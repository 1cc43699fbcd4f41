import { Injectable } from '@nestjs/common';
import {
  type Egress,
  type RegistryRecord,
  type VerificationLookups,
  addressesUnder,
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
import { type IssuedCredential, type IssuerFact, credentialsById, issuerKeysOf, issuersByDid, namesOfVersions } from '../../storage/verification-store.ts';
import { unsecured } from '../unsecured.ts';
import { listAddress, listNamed } from '../status/list-address.ts';
import { RegistryKey } from '../signing/registry-key.ts';
import { StatusLists } from '../status/status-lists.ts';
import { AskedOnce } from './asked-once.ts';

/** What the registry itself knows, asked once for all verifications that belong together. */
interface Known {
  readonly issuers: AskedOnce<IssuerFact>;
  readonly credentials: AskedOnce<IssuedCredential>;
  readonly names: AskedOnce<string>;
  readonly lists: AskedOnce<string>;
}

/** What a verification asks: of the registry's own from its store, of others through the guard. */
@Injectable()
export class RegistryLookups {
  readonly #egress: Egress;

  constructor(
    private readonly database: Database,
    private readonly lists: StatusLists,
    private readonly registry: RegistryKey,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    this.#egress = guardedEgress({ hosts: settings.egressHosts });
  }

  /** Who keeps status lists for institutions, beside themselves. */
  get statusIssuers(): readonly string[] {
    return [this.registry.did];
  }

  /** For one verification: what was looked up is not asked again in it. */
  everything(): VerificationLookups {
    return this.lookups(this.known());
  }

  /** For verifying these, which the registry issued: what they name is looked up beforehand, in as many statements for a hundred as for one. */
  async everythingAbout(issued: readonly IssuedCredential[]): Promise<VerificationLookups> {
    const known = this.known();
    const { publicUrl } = this.settings;
    const purposes = ['revocation', 'suspension'] as const;
    await known.issuers.prepare(issued.map(({ issuer }) => issuer));
    await known.credentials.prepare(issued.map(({ credentialId }) => credentialId));
    await known.names.prepare(
      issued.map(({ award }) => addressesUnder(publicUrl).microCredentialVersion(award.microCredentialCtid, award.microCredentialVersion)),
    );
    await known.lists.prepare(
      issued.flatMap(({ statusListId }) => (statusListId === null ? [] : purposes.map((purpose) => listAddress(publicUrl, statusListId, purpose)))),
    );
    return this.lookups(known);
  }

  /** Keys and lists only: whether something is in order by itself, whoever made it. */
  withoutRegistry(): VerificationLookups {
    return this.byItself(this.known());
  }

  /** A document at an address that somebody named. @throws when it cannot be had. */
  async fetch(url: string): Promise<Uint8Array> {
    return (await this.#egress(url)).body;
  }

  private known(): Known {
    const { database } = this;
    const by = <Value>(key: (value: Value) => string, values: readonly Value[]): Map<string, Value> => new Map(values.map((value) => [key(value), value]));
    return {
      issuers: new AskedOnce(async (dids) => by(({ did }) => did, await issuersByDid(database, dids))),
      credentials: new AskedOnce(async (ids) => by(({ credentialId }) => credentialId, await credentialsById(database, ids))),
      names: new AskedOnce((ids) => this.namesOf(ids)),
      lists: new AskedOnce((urls) => this.ownLists(urls)),
    };
  }

  private lookups(known: Known): VerificationLookups {
    return {
      ...this.byItself(known),
      issuer: async (did) => {
        if (did === this.registry.did) return this.registry.issuer;
        const issuer = await known.issuers.get(did);
        return issuer && { id: did, name: issuer.name['en-CA'], recognised: recognisedTerms(issuer.standings), keys: issuerKeysOf(issuer.keys) };
      },
      record: async (credentialId, asOf) => {
        const issued = await known.credentials.get(credentialId);
        return issued && recordOf(issued, asOf);
      },
      definition: async (id) => {
        const name = await known.names.get(id);
        return name === undefined ? undefined : { id, name };
      },
    };
  }

  private byItself({ issuers, lists }: Known): VerificationLookups {
    const ownDocument = async (did: string) => {
      if (did === this.registry.did) return this.registry.document(this.clock.now());
      const issuer = await issuers.get(did);
      return issuer && didDocument(did, issuerKeysOf(issuer.keys), this.clock.now());
    };
    return {
      key: keyLookup({ ownDocument, egress: this.#egress }),
      keysOf: async (did) => {
        const issuer = await issuers.get(did);
        return issuer && issuerKeysOf(issuer.keys);
      },
      statusList: async (url) => {
        if (!this.ownList(url)) return (await this.#egress(url)).body;
        const list = await lists.get(url);
        if (list === undefined) throw new Error('There is no such list here.');
        return list;
      },
      suspensionListBeside: async (url) => this.besideOf(url),
    };
  }

  private ownList(url: string) {
    const prefix = `${this.settings.publicUrl}/status/`;
    return url.startsWith(prefix) ? listNamed(url.slice(prefix.length)) : undefined;
  }

  private besideOf(url: string): string | undefined {
    return this.ownList(url)?.purpose === 'revocation' ? `${url}-suspension` : undefined;
  }

  private async ownLists(urls: readonly string[]): Promise<Map<string, string>> {
    const named = urls.flatMap((url) => this.ownList(url) ?? []);
    const lists = await this.lists.readAll(named);
    const own = urls.filter((url) => this.ownList(url));
    return new Map(own.flatMap((url, at) => (lists[at] ? [[url, lists[at].document] as const] : [])));
  }

  private async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const named = ids.flatMap((id) => {
      const found = microCredentialNamed(id, this.settings.publicUrl);
      return found ? [{ id, ctid: found.ctid, version: found.version ?? null }] : [];
    });
    if (named.length === 0) return new Map();
    const found = await namesOfVersions(this.database, named);
    const names = new Map(found.map(({ ctid, version, name }) => [`${ctid} ${version}`, name]));
    return new Map(named.flatMap(({ id, ctid, version }) => (names.has(`${ctid} ${version}`) ? [[id, names.get(`${ctid} ${version}`)!] as const] : [])));
  }
}

function recordOf({ issuer, hash, document, receivedAt, award }: IssuedCredential, asOf: Date): RegistryRecord {
  // A JWT that the registry makes of a document is known by what it says: it has another proof than the document that was kept.
  const hashes = looksLikeJwt(document) ? [hash] : [hash, credentialHash(unsecured(document))];
  return { issuer, hashes, receivedAt: receivedAt.toISOString(), status: effectiveStatus(datesOf(award), asOf) };
}
