import type { InstitutionSnapshot, InviteInstitution } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import { english, newCtid } from '@mcr/event-kit';

type Invitation = CallerInput<typeof InviteInstitution>;

/** What `inviteInstitution` takes. */
export const anInstitution = (changes: Partial<Invitation> = {}): Invitation => ({
  ctid: newCtid(),
  code: 'BCIT',
  name: english('British Columbia Institute of Technology'),
  agentType: 'INSTITUTE',
  region: 'Mainland/Southwest',
  subjectWebpage: 'https://www.bcit.ca/',
  ...changes,
});

/** The public state of an active institution, as its events carry it. */
export const anInstitutionSnapshot = (changes: Partial<InstitutionSnapshot> = {}): InstitutionSnapshot => ({
  ctid: newCtid(),
  code: 'BCIT',
  name: english('British Columbia Institute of Technology'),
  agentType: 'INSTITUTE',
  region: 'Mainland/Southwest',
  status: 'ACTIVE',
  ...changes,
});
