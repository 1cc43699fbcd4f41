import type { Database } from '@mcr/database';

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

export async function keepAnswer(database: Database, asker: string, { id, question, input, graphVersion, answer, givenAt }: KeptAnswer): Promise<void> {
  await database.query('insert into answer (id, asker, question, input, graph_version, answer, given_at) values ($1, $2, $3, $4, $5, $6, $7)', [
    id,
    asker,
    question,
    JSON.stringify(input),
    graphVersion,
    answer,
    givenAt,
  ]);
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

/** Deletes what is older than a year. */
export async function forgetOldAnswers(database: Database, now: Date): Promise<void> {
  await database.query(`delete from answer where given_at < $1::timestamptz - interval '1 year'`, [now]);
}
