import type { LanguageMap } from '@mcr/event-kit';
import type { InstitutionName } from '../institutions/institution.ts';

/** A published version of a micro-credential. */
export interface MicroCredential {
  readonly ctid: string;
  readonly version: number;
  readonly name: LanguageMap;
  readonly description: LanguageMap;
  /** Null until the institution's own event has arrived. */
  readonly ownedBy: InstitutionName | null;
  /** The ctids of the institutions that offer it. */
  readonly offeredBy: readonly string[];
  readonly codedNotation: string | null;
  readonly subjectWebpage: string | null;
  readonly totalHours: number;
  readonly isNonCredit: boolean;
  readonly creditValue: { readonly value: number; readonly creditUnitType: string; readonly creditLevelType: string | null } | null;
  readonly deliveryType: string | null;
  readonly dateEffective: string;
  readonly expirationDate: string | null;
  readonly inLanguage: readonly string[];
  readonly keyword: readonly string[];
  readonly purpose: string | null;
  readonly instructionalProgramType: string | null;
  readonly occupationType: readonly string[];
  readonly competencies: readonly { readonly ctid: string; readonly competencyText: string; readonly competencyLabel?: string }[];
  readonly status: string;
}

/** The columns of a `MicroCredential`, from `registry.micro_credential_version v` left-joined to its owner `registry.institution o`. */
export const microCredentialColumns = `
  v.id as ctid, v.version, v.name, v.description, v.offered_by as "offeredBy", v.coded_notation as "codedNotation", v.subject_webpage as "subjectWebpage",
  v.total_hours::float8 as "totalHours", v.is_non_credit as "isNonCredit", v.credit_value as "creditValue", v.delivery_type as "deliveryType",
  v.date_effective::text as "dateEffective", v.expiration_date::text as "expirationDate", v.in_language as "inLanguage", v.keyword, v.purpose,
  v.instructional_program_type as "instructionalProgramType", v.occupation_type as "occupationType", v.competencies, v.status,
  o.id as "ownerCtid", o.code as "ownerCode", o.name as "ownerName"`;

export type MicroCredentialRow = Omit<MicroCredential, 'ownedBy'> & { ownerCtid: string | null; ownerCode: string; ownerName: LanguageMap };

export function microCredentialOf({ ownerCtid, ownerCode, ownerName, ...columns }: MicroCredentialRow): MicroCredential {
  return { ...columns, ownedBy: ownerCtid === null ? null : { ctid: ownerCtid, code: ownerCode, name: ownerName } };
}
