import type { Fault } from '@mcr/event-kit';
import { pointerTo } from '@mcr/event-kit';
import type { AgreementKind, TransferGrant, TransferValueFrom } from '@mcr/contracts';
import type { z } from 'zod';

export type Kind = z.infer<typeof AgreementKind>;
export type FromItem = z.infer<typeof TransferValueFrom>;
export type Grant = z.infer<typeof TransferGrant>;

/** What an agreement asks for, what it gives, and when. */
export interface Terms {
  readonly kind: Kind;
  readonly from: readonly FromItem[];
  readonly grants: readonly Grant[];
  readonly startDate: string;
  readonly endDate?: string;
}

/** An agreement as somebody wants it listed: the institutions by their codes. */
export interface Proposal extends Terms {
  readonly sender: string;
  readonly receiver: string;
}

/** What pathways knows of an institution, and of a micro-credential. */
export interface Institution {
  readonly ctid: string;
  readonly code: string;
  readonly status: string;
}
export interface MicroCredential {
  readonly ctid: string;
  readonly isNonCredit: boolean;
  /** CTIDs of its owner and of all others that offer it. */
  readonly offeredBy: readonly string[];
}

export interface Facts {
  readonly institutions: ReadonlyMap<string, Institution>;
  readonly microCredentials: ReadonlyMap<string, MicroCredential>;
}

/** The institutions that may stand in an agreement: their identity was approved once. A suspension does not end what was agreed. */
const MEMBERS: ReadonlySet<string> = new Set(['ACTIVE', 'SUSPENDED']);

const isMember = (institution: Institution | undefined): institution is Institution => institution !== undefined && MEMBERS.has(institution.status);

function faultsOfParties({ sender, receiver }: Proposal, { institutions }: Facts): Fault[] {
  const faults = (['sender', 'receiver'] as const)
    .filter((side) => !isMember(institutions.get(side === 'sender' ? sender : receiver)))
    .map((side): Fault => ({ pointer: `/${side}`, code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code takes part in the registry.' }));
  if (sender === receiver) {
    faults.push({ pointer: '/receiver', code: 'SENDER_IS_RECEIVER', message: 'An agreement is between two institutions.', hint: 'Name another receiver.' });
  }
  return faults;
}

function faultsOfItem(item: FromItem, at: number, proposal: Proposal, facts: Facts): Fault[] {
  const pointer = pointerTo('from', at, 'microCredential');
  if (proposal.from.findIndex((other) => other.microCredential === item.microCredential) < at) {
    return [{ pointer, code: 'DUPLICATE_ITEM', message: 'This micro-credential stands in the list already.', hint: 'Name each micro-credential once.' }];
  }
  const sender = facts.institutions.get(proposal.sender);
  const known = facts.microCredentials.get(item.microCredential);
  if (!known || (sender && !known.offeredBy.includes(sender.ctid))) {
    return [{ pointer, code: 'MICRO_CREDENTIAL_NOT_FOUND', message: 'The sender offers no published micro-credential of this CTID.' }];
  }
  if (known.isNonCredit && proposal.kind !== 'UNASSIGNED') {
    return [
      {
        pointer,
        code: 'NONCREDIT_ASSIGNED',
        message: 'A non-credit micro-credential cannot count as a course of the receiver.',
        hint: 'Use kind UNASSIGNED, or leave this micro-credential out.',
      },
    ];
  }
  return [];
}

function faultsOfGrant(grant: Grant, at: number, kind: Kind): Fault[] {
  const pointer = pointerTo('grants', at, 'course');
  if (kind === 'UNASSIGNED' && grant.course !== undefined) {
    return [{ pointer, code: 'COURSE_NOT_ALLOWED', message: 'Unassigned credit names no course.', hint: 'Remove the course, or use kind ASSIGNED.' }];
  }
  if (kind !== 'UNASSIGNED' && grant.course === undefined) {
    return [
      { pointer, code: 'COURSE_REQUIRED', message: 'Assigned credit names the course that it stands for.', hint: 'Name the course, or use kind UNASSIGNED.' },
    ];
  }
  return [];
}

function faultsOfTerms({ kind, from, startDate, endDate }: Terms): Fault[] {
  const faults: Fault[] = [];
  if (kind === 'CLUSTER' && new Set(from.map((item) => item.microCredential)).size < 2) {
    faults.push({
      pointer: '/from',
      code: 'CLUSTER_TOO_SMALL',
      message: 'A cluster needs at least two different micro-credentials.',
      hint: 'For a single one use kind ASSIGNED.',
    });
  }
  if (endDate !== undefined && endDate <= startDate) {
    faults.push({
      pointer: '/endDate',
      code: 'END_NOT_AFTER_START',
      message: 'The last day must come after the first.',
      hint: 'Leave endDate out for an ongoing agreement.',
    });
  }
  return faults;
}

/** Everything that stands against a proposal by itself and by what is known; whether it overlaps another is asked elsewhere. */
export function faultsOfProposal(proposal: Proposal, facts: Facts): Fault[] {
  return [
    ...faultsOfParties(proposal, facts),
    ...faultsOfTerms(proposal),
    ...proposal.from.flatMap((item, at) => faultsOfItem(item, at, proposal, facts)),
    ...proposal.grants.flatMap((grant, at) => faultsOfGrant(grant, at, proposal.kind)),
  ];
}
