import { Injectable } from '@nestjs/common';
import {
  type Institution,
  type JsonObject,
  type MicroCredentialVersion,
  addressesUnder,
  competencyNode,
  ctdlDocument,
  microCredentialNodes,
  microCredentialVersionNodes,
  organizationNode,
} from '@mcr/credentials';
import { type Definition, definitionOf, definitionWith, institutionsByCtid } from '@mcr/registry-store/read';
import { RegistryDatabase, Settings } from '@mcr/runtime';

/** The store keeps what the published event said, whose words are those of CTDL. */
const versionOf = (definition: Definition): MicroCredentialVersion => definition as unknown as MicroCredentialVersion;

/** What the registry says in CTDL at the addresses that stand in credentials. Each document is one statement, by a key that is a lower-case CTID. */
@Injectable()
export class CtdlDocuments {
  readonly #addresses;

  constructor(
    private readonly registry: RegistryDatabase,
    settings: Settings,
  ) {
    this.#addresses = addressesUnder(settings.publicUrl);
  }

  /** As it is now. */
  async microCredential(ctid: string): Promise<JsonObject | undefined> {
    const definition = await definitionOf(this.registry, ctid);
    return definition && ctdlDocument(microCredentialNodes(versionOf(definition), this.#addresses));
  }

  async microCredentialVersion(ctid: string, version: number): Promise<JsonObject | undefined> {
    const definition = await definitionOf(this.registry, ctid, version);
    const isCurrent = definition?.currentVersion === version;
    return definition && ctdlDocument(microCredentialVersionNodes(versionOf(definition), this.#addresses, { isCurrent }));
  }

  /** In the words of the newest version that has it. */
  async competency(ctid: string): Promise<JsonObject | undefined> {
    const definition = await definitionWith(this.registry, ctid);
    const competency = definition?.competencies.find((each) => each.ctid === ctid);
    return definition && competency && ctdlDocument([competencyNode(versionOf(definition), competency, this.#addresses)]);
  }

  async organization(ctid: string): Promise<JsonObject | undefined> {
    const [institution] = await institutionsByCtid(this.registry, [ctid]);
    if (!institution) return undefined;
    const { subjectWebpage, ...named } = institution;
    return ctdlDocument([organizationNode({ ...named, ...(subjectWebpage !== null && { subjectWebpage }) } as Institution, this.#addresses)]);
  }
}
