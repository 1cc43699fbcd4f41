import type { Migration } from '@mcr/database';

/**
 * Answers as they were given, for whoever asked. `input` is the question as it was asked, with its day; it says nothing of who the learner is
 * but a `learnerRef`. `answer` is text, not JSON of the database's own, because it is given again byte for byte.
 */
export const answersForAYear: Migration = {
  number: 4,
  name: 'answers for a year',
  sql: () => `
    create table answer (
      id uuid primary key,
      asker text not null,
      question text not null,
      input jsonb not null,
      graph_version bigint not null,
      answer text not null,
      given_at timestamptz not null
    );
    create index answer_by_age on answer (given_at);
  `,
};
