import type { PublishAgreement, PublishPathway } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';

/** The kinds that rows are classified into; those of the pathway engine that a row can speak of. */
export type ImportedKind = 'ASSIGNED' | 'CLUSTER' | 'UNASSIGNED' | 'EXEMPTION' | 'NO_CREDIT' | 'INDIVIDUAL_ASSESSMENT';

type PublishInput = CallerInput<typeof PublishAgreement>;

export interface ProposedGrant {
  readonly course?: string;
  readonly subject: string;
  readonly level?: number;
  readonly credits: number;
  readonly waives?: string;
}

/** An agreement as the command that publishes agreements takes it. Its CTID follows from what it says: the same row makes the same agreement. */
export interface ProposedAgreement extends Omit<PublishInput, 'ctid' | 'kind' | 'from' | 'grants' | 'endDate'> {
  readonly ctid: string;
  readonly kind: ImportedKind;
  readonly from: readonly { readonly microCredential: string; readonly minGrade?: number }[];
  readonly grants: readonly ProposedGrant[];
  readonly endDate?: string;
  /** Given only where a rule had to decide which of several goes first. */
  readonly priority?: number;
}

export type ProposedPathway = CallerInput<typeof PublishPathway> & { readonly ctid: string };

/** Why a row, or a part of one, is left to a person. The list is closed. */
export const listedCodes = [
  'VALUE_MISSING',
  'WRONG_TYPE',
  'VALUE_TOO_LONG',
  'CREDIT_INVALID',
  'DATE_INVALID',
  'DATES_REVERSED',
  'INSTITUTION_UNKNOWN',
  'SENDER_IS_RECEIVER',
  'SENDING_UNCLEAR',
  'MICRO_CREDENTIAL_UNKNOWN',
  'MICRO_CREDENTIAL_AMBIGUOUS',
  'NON_CREDIT',
  'DETAIL_UNCLEAR',
  'ALTERNATIVES',
  'CREDIT_MISSING',
  'TOTAL_DIFFERS',
  'OTHER_RECEIVER',
  'MIXED_KINDS',
  'WAIVER_UNKNOWN',
  'CONDITION_UNCLEAR',
  'GRADE_IN_LETTERS',
  'REPEATED',
  'CONTRADICTION',
  'TOO_MANY_COMBINATIONS',
  'REQUIRED_DIFFERS',
  'PATHWAY_TOO_LARGE',
] as const;
export type ListedCode = (typeof listedCodes)[number];

/** One thing that a person has to decide. */
export interface Listed {
  /** The place of the row: the first one after the header is 1. Of something that follows from many rows, the first of them. */
  readonly row: number;
  readonly column?: string;
  readonly code: ListedCode;
  readonly message: string;
  readonly hint: string;
}

/** What was made of rows. Each row is in an agreement or listed, never neither. */
export interface Imported {
  readonly agreements: readonly (ProposedAgreement & { readonly rows: readonly number[] })[];
  readonly pathways: readonly ProposedPathway[];
  readonly listed: readonly Listed[];
}
