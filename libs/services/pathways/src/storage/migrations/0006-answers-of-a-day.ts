import type { Migration } from '@mcr/database';

/** How many answers of a day are kept for somebody, so that there is an end to it: counting is one row, whoever asks at the same moment. */
export const answersOfADay: Migration = {
  number: 6,
  name: 'answers of a day',
  sql: () => `
    create table answers_of_day (
      asker text not null,
      -- In British Columbia.
      day date not null,
      kept int not null check (kept > 0),
      primary key (asker, day)
    );
  `,
};
