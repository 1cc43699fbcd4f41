import type { Migration } from '@mcr/database';

/**
 * Agreements in every state, from the proposal to the end. `status` is what was said last; ACTIVE and ENDED follow from the days when it is
 * read. `terms` never change. What was listed before was active, and the registrar had listed both signatures. A signature names the person who
 * signed: it stays in this table. Pathways say which micro-credential they lead to.
 */
export const agreementsInEveryState: Migration = {
  number: 3,
  name: 'agreements in every state',
  sql: () => `
    alter table agreement
      add column status text,
      add column terms jsonb,
      add column sender_signature jsonb,
      add column receiver_signature jsonb,
      add column recorded_on date,
      add column reason text;
    alter table agreement rename column published_by to changed_by;
    alter table agreement rename column published_at to changed_at;
    update agreement a set
      status = 'ACTIVE',
      recorded_on = (changed_at at time zone 'UTC')::date,
      sender_signature = listed.signature,
      receiver_signature = listed.signature,
      terms = jsonb_build_object(
        'kind', kind, 'priority', 0, 'requiresUnexpired', false, 'conditions', '[]'::jsonb,
        'from', (
          select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('microCredential', f.micro_credential_id, 'minGrade', f.min_grade)) order by f.position)
          from agreement_from f where f.agreement_id = a.id
        ),
        'grants', (
          select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('course', g.course, 'subject', g.subject, 'level', g.level, 'credits', g.credits))
            order by g.position)
          from agreement_grant g where g.agreement_id = a.id
        )
      )
    from (
      select id, jsonb_build_object('by', changed_by, 'on', (changed_at at time zone 'UTC')::date, 'through', 'REGISTRAR') as signature from agreement
    ) listed
    where listed.id = a.id;

    alter table agreement
      drop constraint agreement_check,
      drop column kind,
      drop column ground,
      alter column status set not null,
      alter column terms set not null,
      alter column sender_signature set not null,
      add constraint agreement_status check (status in ('PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'AGREED', 'ACTIVE', 'ENDED', 'TERMINATED')),
      add constraint agreement_days check (end_on > start_on or status = 'TERMINATED'),
      -- Only what both signed counts, and no person signs for both.
      add constraint agreement_signed check (
        (status in ('AGREED', 'ACTIVE', 'ENDED', 'TERMINATED')) = (receiver_signature is not null)
        and (receiver_signature is null) = (recorded_on is null)
        and (receiver_signature is null or receiver_signature ->> 'through' = 'REGISTRAR'
          or receiver_signature ->> 'by' <> sender_signature ->> 'by')
      ),
      add constraint agreement_reason check ((status in ('DECLINED', 'TERMINATED')) = (reason is not null));
    drop table agreement_grant;
    alter table agreement_from drop column min_grade;

    -- What the next sweep has to say.
    create index agreement_to_begin on agreement (start_on) where status = 'AGREED';
    create index agreement_to_end on agreement (end_on) where status = 'ACTIVE';

    alter table pathway add column destination_id text collate "C";
    create index pathway_to_destination on pathway (destination_id) where status = 'PUBLISHED';
    create index pathway_of_owner on pathway (owner_id);
  `,
};
