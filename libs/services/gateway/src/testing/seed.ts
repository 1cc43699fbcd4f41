import { english, newCtid } from '@mcr/event-kit';
import { anAwardSnapshot, anInstitutionSnapshot, aPublishedMicroCredential } from '@mcr/testing';
import {
  upsertAgreements,
  upsertAwards,
  upsertInstitutions,
  upsertMicroCredentials,
  upsertPathways,
  type AgreementEntry,
  type AwardEntry,
  type PathwayEntry,
  type Writer,
} from '@mcr/registry-store/write';

type Institution = ReturnType<typeof anInstitutionSnapshot>;
type MicroCredential = ReturnType<typeof aPublishedMicroCredential>;

/** Rows that a test begins with, written as the registry's owner writes them. */
export class Seed {
  constructor(private readonly store: Writer) {}

  async institution(changes: Partial<Institution> = {}): Promise<Institution> {
    const institution = anInstitutionSnapshot(changes);
    await upsertInstitutions(this.store, [{ ...institution, aggregateVersion: 1 }]);
    return institution;
  }

  async microCredential(owner: Institution, changes: Partial<MicroCredential> = {}): Promise<MicroCredential> {
    const published = aPublishedMicroCredential({ ownedBy: owner.ctid, offeredBy: [owner.ctid], ...changes });
    await upsertMicroCredentials(this.store, [{ ...published, aggregateVersion: published.version }]);
    return published;
  }

  async pathway(owner: Institution, changes: Partial<PathwayEntry> = {}): Promise<PathwayEntry> {
    const pathway: PathwayEntry = {
      ctid: newCtid(),
      version: 1,
      ownedBy: owner.ctid,
      name: english('Certificate in Data Support'),
      kind: 'LADDER',
      destinationType: 'CERTIFICATE',
      startDate: '2026-01-01',
      requirement: { node: 'COURSE', id: 'statistics', course: 'STAT 200' },
      limits: [],
      status: 'PUBLISHED',
      aggregateVersion: 1,
      ...changes,
    };
    await upsertPathways(this.store, [pathway]);
    return pathway;
  }

  async agreement(sender: Institution, receiver: Institution, changes: Partial<AgreementEntry> = {}): Promise<AgreementEntry> {
    const agreement: AgreementEntry = {
      ctid: newCtid(),
      kind: 'ASSIGNED',
      sendingOrganization: sender.ctid,
      receivingOrganization: receiver.ctid,
      startDate: '2026-01-01',
      from: [{ microCredential: newCtid() }],
      grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
      priority: 0,
      requiresUnexpired: false,
      conditions: [],
      signatures: [],
      status: 'ACTIVE',
      aggregateVersion: 1,
      ...changes,
    };
    await upsertAgreements(this.store, [agreement]);
    return agreement;
  }

  async awards(count: number, institution: Institution, of: MicroCredential, changes: Partial<AwardEntry> = {}): Promise<AwardEntry[]> {
    const entries = Array.from({ length: count }, () => ({
      ...anAwardSnapshot({ institutionCtid: institution.ctid, microCredentialCtid: of.ctid, microCredentialVersion: of.version }),
      aggregateVersion: 1,
      ...changes,
    }));
    await upsertAwards(this.store, entries);
    return entries;
  }
}
