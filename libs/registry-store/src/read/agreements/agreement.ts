import type { LanguageMap } from '@mcr/event-kit';
import type { InstitutionName } from '../institutions/institution.ts';

/** AGREED: its first day is still to come. ENDED: its last day is over. TERMINATED: it ends, or ended, before what was agreed. */
export type AgreementStatus = 'PROPOSED' | 'UNDER_EVALUATION' | 'DECLINED' | 'AGREED' | 'ACTIVE' | 'ENDED' | 'TERMINATED';

export interface Agreement {
  readonly ctid: string;
  /** Counts what happened to it. */
  readonly version: number;
  readonly kind: string;
  readonly startDate: string;
  readonly endDate: string | null;
  /** On the day of `asOf`, in British Columbia. */
  readonly status: AgreementStatus;
  /** Why it was declined or terminated. */
  readonly reason: string | null;
  readonly senderCtid: string;
  readonly receiverCtid: string;
  /** Null until the institution's own event has arrived; so are names below. */
  readonly sender: InstitutionName | null;
  readonly receiver: InstitutionName | null;
  readonly from: readonly {
    readonly microCredential: string;
    readonly name: LanguageMap | null;
    readonly minGrade: number | null;
    readonly maxGrade: number | null;
  }[];
  readonly grants: readonly {
    readonly course: string | null;
    readonly subject: string;
    readonly level: number | null;
    readonly areas: readonly string[] | null;
    readonly credits: number;
    readonly waives: string | null;
  }[];
  readonly priority: number;
  readonly maxAgeMonths: number | null;
  readonly requiresUnexpired: boolean;
  /** CTIDs of pathways. */
  readonly programScope: readonly string[] | null;
  readonly conditions: readonly { readonly declares: string; readonly text: string }[];
  readonly capBucket: string | null;
  readonly exclusiveGroup: string | null;
  readonly evidenceUrl: string | null;
  readonly signatures: readonly { readonly organization: string; readonly signedOn: string; readonly through: string }[];
}

/** On the day given as this parameter. */
export const agreementStatus = (day: string): string => `registry.effective_agreement_status(g.status, g.start_on, g.end_on, ${day}::date)`;

/** The columns of an `Agreement`, from `registry.agreement g`. */
export const agreementColumns = (day: string): string => `
  g.id as ctid, g.aggregate_version as version, g.kind, g.start_on::text as "startDate", g.end_on::text as "endDate", ${agreementStatus(day)} as status,
  g.reason, g.sender_id as "senderCtid", g.receiver_id as "receiverCtid", g.priority, g.max_age_months as "maxAgeMonths",
  g.requires_unexpired as "requiresUnexpired", g.program_scope as "programScope", g.conditions, g.cap_bucket as "capBucket",
  g.exclusive_group as "exclusiveGroup", g.evidence_url as "evidenceUrl", g.signatures,
  (select jsonb_build_object('ctid', i.id, 'code', i.code, 'name', i.name) from registry.institution i where i.id = g.sender_id) as sender,
  (select jsonb_build_object('ctid', i.id, 'code', i.code, 'name', i.name) from registry.institution i where i.id = g.receiver_id) as receiver,
  (select jsonb_agg(jsonb_build_object('microCredential', f.micro_credential_id, 'name', v.name, 'minGrade', f.min_grade, 'maxGrade', f.max_grade)
     order by f.position)
   from registry.agreement_from f
   left join registry.micro_credential m on m.id = f.micro_credential_id
   left join registry.micro_credential_version v on v.id = m.id and v.version = m.current_version
   where f.agreement_id = g.id) as "from",
  (select coalesce(jsonb_agg(jsonb_build_object('course', t.course, 'subject', t.subject, 'level', t.level, 'areas', t.areas, 'credits', t.credits,
     'waives', t.waives) order by t.position), '[]')
   from registry.agreement_grant t where t.agreement_id = g.id) as grants`;
