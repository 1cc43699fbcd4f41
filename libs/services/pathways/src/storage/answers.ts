import type { Database } from '@mcr/database';
import { dayInBritishColumbia } from '@mcr/event-kit';

/** An answer with the question that it answers. */
export interface KeptAnswer {
  readonly id: string;
  /** The name of the question, and what was asked. */
  readonly question: string;
  readonly input: unknown;
  readonly graphVersion: number;
  /** JSON, as it was given. */
  readonly answer: string;
  readonly givenAt: Date;
}

/**
 * More than somebody asks who advises all day. What is kept stays for a year, so there has to be an end to it; the ones that are kept are the
 * first of a day, because what was promised to be kept is not taken back.
 */
export const MOST_ANSWERS_A_DAY = 500;

/** False when so many answers of this day are kept for the asker that this one is not. */
export async function keepAnswer(database: Database, asker: string, { id, question, input, graphVersion, answer, givenAt }: KeptAnswer): Promise<boolean> {
  const kept = await database.query(
    `with room as (
       insert into answers_of_day as of_day (asker, day, kept) values ($2, $8, 1)
       on conflict (asker, day) do update set kept = of_day.kept + 1 where of_day.kept < $9
       returning 1
     )
     insert into answer (id, asker, question, input, graph_version, answer, given_at)
     select $1::uuid, $2, $3, $4::jsonb, $5::bigint, $6, $7::timestamptz from room
     returning id`,
    [id, asker, question, JSON.stringify(input), graphVersion, answer, givenAt, dayInBritishColumbia(givenAt), MOST_ANSWERS_A_DAY],
  );
  return kept.length > 0;
}

/** The answer of this id, if this asker was given it within the last year. */
export async function keptAnswer(database: Database, id: string, asker: string, now: Date): Promise<KeptAnswer | undefined> {
  const [kept] = await database.query<KeptAnswer>(
    `select id, question, input, graph_version::float8 as "graphVersion", answer, given_at as "givenAt"
     from answer where id = $1 and asker = $2 and given_at >= $3::timestamptz - interval '1 year'`,
    [id, asker, now],
  );
  return kept;
}

/** Deletes what is older than a year, and what was counted on days that are over wherever the clocks are not quite the same. */
export async function forgetOldAnswers(database: Database, now: Date): Promise<void> {
  await database.query(`delete from answer where given_at < $1::timestamptz - interval '1 year'`, [now]);
  await database.query('delete from answers_of_day where day < $1::date - 1', [dayInBritishColumbia(now)]);
}
