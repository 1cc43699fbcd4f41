import { type LanguageMap, dayInBritishColumbia } from '@mcr/event-kit';
import type { InstitutionName } from '../institutions/institution.ts';

/** What holds at a moment: revocation first, then the dates. */
export type AwardStatus = 'ACTIVE' | 'SCHEDULED' | 'EXPIRED' | 'REVOKED';

export interface Award {
  /** `urn:uuid:…` */
  readonly id: string;
  readonly sourceAwardId: string;
  readonly revision: number;
  readonly awardedDate: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly method: string;
  readonly creditsEarned: number | null;
  readonly hoursCompleted: number | null;
  /** At `asOf`. */
  readonly status: AwardStatus;
  readonly reasonCode: string | null;
  readonly institutionCtid: string;
  readonly microCredentialCtid: string;
  readonly microCredentialVersion: number;
  /** Null until the institution's own event has arrived. */
  readonly institution: InstitutionName | null;
  /** The version that was earned; null until its own event has arrived. */
  readonly microCredential: { readonly ctid: string; readonly version: number; readonly name: LanguageMap } | null;
}

/** What holds for `registry.award a` at the moment $4, on its day $5: the two parameters that `momentParameters` gives. */
export const effectiveStatus = 'registry.effective_award_status(a.status, a.awarded_on, a.valid_from, a.valid_until, $4::timestamptz, $5::date)';

/**
 * Has `registry.award a` the status $3? Said as a CASE, because the planner takes a comparison with something worked out for so rare
 * that it sorts all awards rather than follow the index to the first few.
 */
export const hasStatus = `case when ${effectiveStatus} = $3 then true else false end`;

export const momentParameters = (asOf: Date): [moment: Date, day: string] => [asOf, dayInBritishColumbia(asOf)];

/** The columns of an `Award`, from `registry.award a` with its institution `i` and its version `v` left-joined. */
export const awardColumns = `
  a.id::text as uuid, a.source_award_id as "sourceAwardId", a.revision, a.awarded_on::text as "awardedDate", a.valid_from as "validFrom",
  a.valid_until as "validUntil", a.method, a.credits_earned::float8 as "creditsEarned", a.hours_completed::float8 as "hoursCompleted",
  ${effectiveStatus} as status, a.reason_code as "reasonCode", a.institution_id as "institutionCtid",
  a.micro_credential_id as "microCredentialCtid", a.micro_credential_version as "microCredentialVersion",
  i.code as "institutionCode", i.name as "institutionName", v.name as "microCredentialName"`;

/** Brings to `entry (id)`, which an index alone can give, what is shown of each. */
export const awardJoins = `
  join registry.award a on a.id = entry.id
  left join registry.institution i on i.id = a.institution_id
  left join registry.micro_credential_version v on v.id = a.micro_credential_id and v.version = a.micro_credential_version`;

export interface AwardRow extends Omit<Award, 'id' | 'validFrom' | 'validUntil' | 'institution' | 'microCredential'> {
  readonly uuid: string;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly institutionCode: string | null;
  readonly institutionName: LanguageMap;
  readonly microCredentialName: LanguageMap | null;
}

export function awardOf({ uuid, validFrom, validUntil, institutionCode, institutionName, microCredentialName, ...columns }: AwardRow): Award {
  const { institutionCtid, microCredentialCtid, microCredentialVersion: version } = columns;
  return {
    ...columns,
    id: `urn:uuid:${uuid}`,
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
    institution: institutionCode === null ? null : { ctid: institutionCtid, code: institutionCode, name: institutionName },
    microCredential: microCredentialName === null ? null : { ctid: microCredentialCtid, version, name: microCredentialName },
  };
}
