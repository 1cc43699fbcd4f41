import {
  agreementsByCtid,
  awardsOfMicroCredentials,
  institutionsByCtid,
  microCredentialVersions,
  microCredentialsByCtid,
  pathwaysByCtid,
} from '@mcr/registry-store/read';
import type {
  Agreement,
  Award,
  AwardsOfMicroCredentialsRequest,
  Institution,
  MicroCredential,
  MicroCredentialKey,
  Pathway,
  Page,
  Reader,
} from '@mcr/registry-store/read';
import DataLoader from 'dataloader';

type AwardsOfOne = Omit<AwardsOfMicroCredentialsRequest, 'microCredentials'>;
type ByCtid<Row> = DataLoader<string, Row | undefined>;

/** Gathers what one level of one answer asks for into one statement. Belongs to one request, as what it remembers does. */
export class Loaders {
  readonly institutions: ByCtid<Institution>;
  /** By ctid, the current version. */
  readonly microCredentials: ByCtid<MicroCredential>;
  readonly microCredentialVersions: DataLoader<MicroCredentialKey, MicroCredential | undefined, string>;
  readonly agreements: ByCtid<Agreement>;
  readonly pathways: ByCtid<Pathway>;
  private readonly awards = new Map<string, DataLoader<string, Page<Award>>>();

  constructor(
    private readonly reader: Reader,
    now: Date,
  ) {
    this.institutions = new DataLoader((ctids) => institutionsByCtid(reader, ctids));
    this.microCredentials = new DataLoader((ctids) => microCredentialsByCtid(reader, ctids));
    this.microCredentialVersions = new DataLoader((keys) => microCredentialVersions(reader, keys), { cacheKeyFn: ({ ctid, version }) => `${ctid} ${version}` });
    this.agreements = new DataLoader((ctids) => agreementsByCtid(reader, ctids, now));
    this.pathways = new DataLoader((ctids) => pathwaysByCtid(reader, ctids));
  }

  /** The page of awards of one micro-credential; pages of the same kind are read together. */
  awardsOf(microCredential: string, request: AwardsOfOne): Promise<Page<Award>> {
    const kind = JSON.stringify(request);
    let loader = this.awards.get(kind);
    if (!loader) {
      loader = new DataLoader((microCredentials) => awardsOfMicroCredentials(this.reader, { ...request, microCredentials }));
      this.awards.set(kind, loader);
    }
    return loader.load(microCredential);
  }
}
