import type { AgreementCondition, AgreementKind, TransferGrant, TransferValueFrom } from '@mcr/contracts';
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

/** With everything on which it also depends whether an agreement counts. */
export interface AgreementTerms extends Terms {
  readonly priority: number;
  readonly maxAgeMonths?: number;
  readonly requiresUnexpired: boolean;
  /** CTIDs of pathways. */
  readonly programScope?: readonly string[];
  readonly conditions: readonly z.infer<typeof AgreementCondition>[];
  readonly capBucket?: string;
  readonly exclusiveGroup?: string;
  readonly evidenceUrl?: string;
}

/** An agreement as somebody wants it: the institutions by their codes. */
export interface Proposal extends AgreementTerms {
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
