import type { Migration } from '@mcr/database';

/** What learners hold, by reference. It is read for each question of a learner or by consent, and is no part of the graph: no engine keeps it. */
export const heldAwards: Migration = {
  number: 5,
  name: 'held awards',
  sql: () => `
    create table held_award (
      award_id uuid primary key,
      learner_ref uuid not null,
      micro_credential_id text collate "C" not null,
      awarded_on date not null,
      valid_from timestamptz,
      valid_until timestamptz,
      -- As recorded; what holds on a day follows from this and the dates.
      status text not null,
      revoked_at timestamptz,
      aggregate_version int not null
    );
    create index held_award_of_learner on held_award (learner_ref);
  `,
};
