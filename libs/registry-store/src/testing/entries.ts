import { english } from '@mcr/event-kit';
import type { AgreementEntry, AwardEntry, InstitutionEntry, MicroCredentialEntry, PathwayEntry } from '../write/index.ts';

const uuid = (kind: string, number: number): string => `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** CTIDs and award ids that sort as their numbers do. */
export const institutionCtid = (number: number): string => `ce-${uuid('1', number)}`;
export const microCredentialCtid = (number: number): string => `ce-${uuid('2', number)}`;
export const agreementCtid = (number: number): string => `ce-${uuid('3', number)}`;
export const pathwayCtid = (number: number): string => `ce-${uuid('5', number)}`;
export const awardId = (number: number): string => `urn:uuid:${uuid('4', number)}`;

export const institutionEntry = (number: number, changes: Partial<InstitutionEntry> = {}): InstitutionEntry => ({
  ctid: institutionCtid(number),
  code: `I${String.fromCharCode(64 + number)}`,
  name: english(`Institution ${number}`),
  agentType: 'COLLEGE',
  region: 'Cariboo',
  status: 'ACTIVE',
  aggregateVersion: 1,
  ...changes,
});

export const microCredentialEntry = (number: number, changes: Partial<MicroCredentialEntry> = {}): MicroCredentialEntry => ({
  ctid: microCredentialCtid(number),
  version: 1,
  ownedBy: institutionCtid(1),
  offeredBy: [institutionCtid(1)],
  name: english(`Micro-credential ${number}`),
  description: english('Learners show what they can do.'),
  totalHours: 40,
  isNonCredit: true,
  dateEffective: '2026-01-01',
  inLanguage: ['en-CA'],
  keyword: [],
  occupationType: [],
  competencies: [],
  estimatedCost: [],
  components: [],
  assessments: [],
  partners: [],
  status: 'PUBLISHED',
  aggregateVersion: 1,
  ...changes,
});

export const awardEntry = (number: number, changes: Partial<AwardEntry> = {}): AwardEntry => ({
  awardId: awardId(number),
  sourceAwardId: `A-${number}`,
  revision: 1,
  institutionCtid: institutionCtid(1),
  microCredentialCtid: microCredentialCtid(1),
  microCredentialVersion: 1,
  awardedDate: '2026-06-15',
  method: 'INSTRUCTION',
  status: 'ACTIVE',
  aggregateVersion: 1,
  ...changes,
});

export const agreementEntry = (number: number, changes: Partial<AgreementEntry> = {}): AgreementEntry => ({
  ctid: agreementCtid(number),
  kind: 'ASSIGNED',
  sendingOrganization: institutionCtid(1),
  receivingOrganization: institutionCtid(2),
  startDate: '2026-01-01',
  from: [{ microCredential: microCredentialCtid(1) }],
  grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
  priority: 0,
  requiresUnexpired: false,
  conditions: [],
  signatures: [],
  status: 'ACTIVE',
  aggregateVersion: 1,
  ...changes,
});

export const pathwayEntry = (number: number, changes: Partial<PathwayEntry> = {}): PathwayEntry => ({
  ctid: pathwayCtid(number),
  version: 1,
  ownedBy: institutionCtid(1),
  name: english(`Certificate ${number}`),
  kind: 'LADDER',
  destinationType: 'CERTIFICATE',
  startDate: '2026-01-01',
  requirement: { node: 'COURSE', id: 'statistics', course: 'STAT 200' },
  limits: [],
  status: 'PUBLISHED',
  aggregateVersion: 1,
  ...changes,
});
