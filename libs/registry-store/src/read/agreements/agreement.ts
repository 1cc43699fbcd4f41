import type { LanguageMap } from '@mcr/event-kit';
import type { InstitutionName } from '../institutions/institution.ts';

/** AGREED: its first day is still to come. ENDED: its last day is over. */
export type AgreementStatus = 'AGREED' | 'ACTIVE' | 'ENDED';

export interface Agreement {
  readonly ctid: string;
  readonly kind: string;
  readonly startDate: string;
  readonly endDate: string | null;
  /** On the day of `asOf`, in British Columbia. */
  readonly status: AgreementStatus;
  readonly senderCtid: string;
  readonly receiverCtid: string;
  /** Null until the institution's own event has arrived; so are names below. */
  readonly sender: InstitutionName | null;
  readonly receiver: InstitutionName | null;
  readonly from: readonly { readonly microCredential: string; readonly name: LanguageMap | null; readonly minGrade: number | null }[];
  readonly grants: readonly { readonly course: string | null; readonly subject: string; readonly level: number | null; readonly credits: number }[];
}

/** On the day given as this parameter. */
export const agreementStatus = (day: string): string => `registry.effective_agreement_status(g.start_on, g.end_on, ${day}::date)`;

/** The columns of an `Agreement`, from `registry.agreement g`. */
export const agreementColumns = (day: string): string => `
  g.id as ctid, g.kind, g.start_on::text as "startDate", g.end_on::text as "endDate", ${agreementStatus(day)} as status,
  g.sender_id as "senderCtid", g.receiver_id as "receiverCtid",
  (select jsonb_build_object('ctid', i.id, 'code', i.code, 'name', i.name) from registry.institution i where i.id = g.sender_id) as sender,
  (select jsonb_build_object('ctid', i.id, 'code', i.code, 'name', i.name) from registry.institution i where i.id = g.receiver_id) as receiver,
  (select jsonb_agg(jsonb_build_object('microCredential', f.micro_credential_id, 'name', v.name, 'minGrade', f.min_grade) order by f.position)
   from registry.agreement_from f
   left join registry.micro_credential m on m.id = f.micro_credential_id
   left join registry.micro_credential_version v on v.id = m.id and v.version = m.current_version
   where f.agreement_id = g.id) as "from",
  (select jsonb_agg(jsonb_build_object('course', t.course, 'subject', t.subject, 'level', t.level, 'credits', t.credits) order by t.position)
   from registry.agreement_grant t where t.agreement_id = g.id) as grants`;
