import type { Migration } from '@mcr/database';

/**
 * Whose sign-in is whose, what learners let advisors ask, and who asked. A learner's sign-in is here as a keyed hash only;
 * an advisor's is in clear, because the learner who named or met the advisor is shown it.
 */
export const learnersAndConsents: Migration = {
  number: 3,
  name: 'learners and consents',
  sql: () => `
    create table learner_link (
      learner_ref uuid primary key,
      -- HMAC-SHA-256 of the subject, under a key outside the database; null once it was taken back.
      subject_fingerprint bytea unique,
      version int not null,
      changed_by text not null,
      changed_at timestamptz not null
    );

    create table consent (
      consent_id uuid primary key,
      learner_ref uuid not null,
      -- Null: all awards, also later ones.
      awards uuid[],
      advisor_subject text,
      institution_ctid text,
      purpose text not null,
      granted_at timestamptz not null,
      expires_at timestamptz not null,
      withdrawn_at timestamptz,
      check ((advisor_subject is null) <> (institution_ctid is null)),
      check (expires_at > granted_at)
    );
    create index consent_of_learner on consent (learner_ref, granted_at desc);

    create table consent_use (
      consent_id uuid not null references consent,
      used_at timestamptz not null,
      used_by text not null,
      question text not null
    );
    create index consent_use_latest on consent_use (consent_id, used_at desc);
  `,
};
