import {
  AwardIssued,
  AwardRevoked,
  InstitutionActivated,
  InstitutionInvited,
  InstitutionSuspended,
  MicroCredentialPublished,
  PathwayPublished,
  PathwayRetired,
  PublishingClientRegistered,
  TransferAgreementAgreed,
  TransferAgreementProposed,
  TransferAgreementTerminated,
} from '@mcr/contracts';
import { type DataOf, type Envelope, type EventDefinition, english, envelop, newCtid } from '@mcr/event-kit';
import { aPublishedMicroCredential, anAwardSnapshot, anInstitutionSnapshot } from '@mcr/testing';

/** Something that one service logged. */
export interface Logged {
  readonly service: 'institutions' | 'programs' | 'awards' | 'pathways';
  readonly definition: EventDefinition;
  readonly data: unknown;
  readonly version: number;
  readonly envelope: Envelope;
}

let second = 0;

function logged<D extends EventDefinition>(service: Logged['service'], definition: D, data: DataOf<D>, version: number): Logged {
  second += 1;
  const envelope = envelop(definition, data, { service, version, now: new Date(Date.UTC(2026, 9, 1, 0, 0, second)) });
  return { service, definition, data, version, envelope };
}

const institution = anInstitutionSnapshot({ code: 'BCIT' });
const receiver = anInstitutionSnapshot({ code: 'UBC' });
const microCredential = aPublishedMicroCredential({ ownedBy: institution.ctid, name: english('Welding') });
const of = { institutionCtid: institution.ctid, microCredentialCtid: microCredential.ctid };
const revoked = anAwardSnapshot({ ...of, sourceAwardId: 'A-1' });

const publishingClient = {
  clientId: 'bcit-publisher',
  institutionCtid: institution.ctid,
  institutionCode: 'BCIT',
  scopes: ['award:publish'],
  publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } as const,
  status: 'ACTIVE' as const,
};

const pathway = {
  ctid: newCtid(),
  version: 1,
  name: english('Certificate in Welding'),
  ownedBy: receiver.ctid,
  kind: 'LADDER',
  destinationType: 'CERTIFICATE',
  startDate: '2026-01-01',
  requirement: { node: 'COURSE', id: 'welding', course: 'WELD 101' },
  limits: [],
  status: 'PUBLISHED',
} as const satisfies Omit<DataOf<typeof PathwayPublished>, 'limits'> & { limits: [] };

const signedBy = ({ ctid }: { ctid: string }) => ({ organization: ctid, signedOn: '2025-12-01', through: 'INSTITUTION' as const });
const agreement = {
  ctid: newCtid(),
  sendingOrganization: institution.ctid,
  receivingOrganization: receiver.ctid,
  kind: 'ASSIGNED' as const,
  from: [{ microCredential: microCredential.ctid, minGrade: 70 }],
  grants: [{ course: 'WELD 101', subject: 'WELD', credits: 3 }],
  startDate: '2026-01-01',
  priority: 0,
  requiresUnexpired: false,
  conditions: [],
  signatures: [institution, receiver].map(signedBy),
};

/** A little of everything, in the order of each service's log. Publishing clients count the version of their institution. */
export const history: readonly Logged[] = [
  logged('institutions', InstitutionInvited, { ...institution, status: 'INVITED' }, 1),
  logged('institutions', InstitutionActivated, institution, 3),
  logged('institutions', PublishingClientRegistered, publishingClient, 4),
  logged('institutions', InstitutionSuspended, { ...institution, status: 'SUSPENDED', reason: 'Late reports' }, 5),
  logged('institutions', InstitutionActivated, receiver, 3),
  logged('programs', MicroCredentialPublished, microCredential, 2),
  logged('programs', MicroCredentialPublished, { ...microCredential, version: 2, name: english('Welding, Revised') }, 4),
  logged('awards', AwardIssued, revoked, 1),
  logged('awards', AwardIssued, anAwardSnapshot({ ...of, microCredentialVersion: 2, validUntil: '2027-01-01T00:00:00Z' }), 1),
  logged('awards', AwardRevoked, { ...revoked, revision: 2, status: 'REVOKED', previousStatus: 'ACTIVE', reasonCode: 'ISSUED_IN_ERROR' }, 2),
  logged('pathways', TransferAgreementProposed, { ...agreement, status: 'PROPOSED', signatures: [signedBy(institution)] }, 1),
  logged('pathways', TransferAgreementAgreed, { ...agreement, status: 'AGREED' }, 3),
  logged('pathways', TransferAgreementTerminated, { ...agreement, endDate: '2026-12-31', reason: 'No such course any more', status: 'TERMINATED' }, 5),
  logged('pathways', PathwayPublished, pathway, 1),
  logged('pathways', PathwayRetired, { ...pathway, status: 'RETIRED' }, 2),
];
