import { readFileSync } from 'node:fs';
import { PathwaySnapshot, PublishedMicroCredential, TransferAgreementActivated } from '@mcr/contracts';
import type { Facts } from '@mcr/pathway-engine';
import { agreementFact, versionFact } from '../domain/facts/graph-facts.ts';
import { microCredentialFact } from '../domain/facts/micro-credential-fact.ts';

type Sample = Readonly<Record<string, unknown>>;

/** The day on which the demonstration is looked at: after everything that has begun in it. */
export const DEMONSTRATION_DAY = '2026-11-02';

const read = (file: string): Sample[] => JSON.parse(readFileSync(new URL(`../../../../../samples/${file}`, import.meta.url), 'utf8')) as Sample[];

/** Everything that the engine is told when the demonstration of `samples/` is loaded. */
export function demonstrationFacts(): Facts {
  const institutions = new Map(read('institutions.json').map(({ code, ctid }) => [code, ctid]));
  const published = { version: 1, status: 'PUBLISHED' };
  const microCredentials = read('catalogue.json').map(({ ctid, ownedBy, offeredBy, definition }) => ({
    ...(definition as Sample),
    ...published,
    ctid,
    ownedBy: institutions.get(ownedBy),
    offeredBy: (offeredBy as string[]).map((code) => institutions.get(code)),
  }));
  const pathways = read('pathways.json').map((pathway) => ({ ...pathway, ...published, ownedBy: institutions.get(pathway['ownedBy']) }));
  const agreements = read('agreements.json').map(({ sender, receiver, ...terms }) => ({
    grants: [],
    ...terms,
    sendingOrganization: institutions.get(sender),
    receivingOrganization: institutions.get(receiver),
    status: 'ACTIVE',
  }));
  return {
    microCredentials: microCredentials.map((each) => microCredentialFact(PublishedMicroCredential.parse(each))),
    credentials: pathways.map((each) => versionFact(PathwaySnapshot.parse(each))),
    agreements: agreements.map((each) => agreementFact({ ...TransferAgreementActivated.data.parse(each), recordedOn: DEMONSTRATION_DAY })),
  };
}
