import type { InstitutionSnapshot } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';

interface Profile extends Pick<InstitutionSnapshot, 'ctid' | 'code' | 'name' | 'agentType' | 'region'> {
  readonly subjectWebpage: string | null;
  /** Counts the events of the institution and of its publishing clients. */
  readonly version: number;
}

export type InvitedInstitution = Profile & { readonly status: 'INVITED' };
export type PendingInstitution = Profile & { readonly status: 'PENDING_VERIFICATION'; readonly verifiedBy: string };
export type ActiveInstitution = Profile & {
  readonly status: 'ACTIVE';
  readonly verifiedBy: string;
  readonly activatedBy: string;
  /** Why it was reinstated, if it ever was and somebody said it. */
  readonly reason: string | null;
};
export type SuspendedInstitution = Omit<ActiveInstitution, 'status' | 'reason'> & { readonly status: 'SUSPENDED'; readonly reason: string };

/** Who may issue, and how far the province's check of it has come. */
export type Institution = InvitedInstitution | PendingInstitution | ActiveInstitution | SuspendedInstitution;

export type Invitation = Omit<Profile, 'version'>;

export const invite = (invitation: Invitation): InvitedInstitution => ({ ...invitation, version: 1, status: 'INVITED' });

/** The person who verifies asks, by that, for the activation. */
export function verify(institution: Institution, verifiedBy: string): PendingInstitution {
  if (institution.status !== 'INVITED') throw notNow(institution, 'Only an invited institution can be verified');
  return { ...institution, version: institution.version + 1, status: 'PENDING_VERIFICATION', verifiedBy };
}

export function activate(institution: Institution, activatedBy: string): ActiveInstitution {
  if (institution.status !== 'PENDING_VERIFICATION') throw notNow(institution, 'Only a verified institution can be activated');
  if (institution.verifiedBy === activatedBy) {
    throw new Refusal('APPROVER_IS_REQUESTER', `You verified ${institution.code} yourself; another person must activate it.`);
  }
  return { ...institution, version: institution.version + 1, status: 'ACTIVE', activatedBy, reason: null };
}

export function suspend(institution: Institution, reason: string): SuspendedInstitution {
  if (institution.status !== 'ACTIVE') throw notNow(institution, 'Only an active institution can be suspended');
  return { ...institution, version: institution.version + 1, status: 'SUSPENDED', reason };
}

export function reinstate(institution: Institution, reason: string | null): ActiveInstitution {
  if (institution.status !== 'SUSPENDED') throw notNow(institution, 'Only a suspended institution can be reinstated');
  return { ...institution, version: institution.version + 1, status: 'ACTIVE', reason };
}

/** Refuses a change that was decided on an older state than the present one. */
export function requireVersion(institution: Institution, expected: number | undefined): void {
  if (expected === undefined || expected === institution.version) return;
  throw new Refusal('VERSION_CONFLICT', `${institution.code} is at version ${institution.version} now, you expected ${expected}. Read it again, then decide.`);
}

const notNow = ({ code, status }: Institution, rule: string): Refusal => new Refusal('ILLEGAL_STATE', `${rule}; ${code} is ${status}.`);

/** The public state, as every event about the institution carries it. */
export function snapshotOf(institution: Institution): InstitutionSnapshot {
  const { ctid, code, name, agentType, region, subjectWebpage, status } = institution;
  const reason = 'reason' in institution ? institution.reason : null;
  return {
    ctid,
    code,
    name,
    agentType,
    region,
    ...(subjectWebpage === null ? {} : { subjectWebpage }),
    status,
    ...(reason === null ? {} : { reason }),
  };
}
