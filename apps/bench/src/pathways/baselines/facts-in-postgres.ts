import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agreement, AgreementKind, Credential, Facts, Situation } from '@mcr/pathway-engine';
import { startEmbeddedPostgres } from '@mcr/database';
import { Client } from 'pg';

const sqlOf = (name: string): Promise<string> => readFile(new URL(`./${name}.sql`, import.meta.url), 'utf8');

/** The rank of a kind in the published order; INDIVIDUAL_ASSESSMENT never applies. */
const rankOf = (kind: AgreementKind): number => (kind === 'UNASSIGNED' ? 2 : kind === 'NO_CREDIT' ? 3 : 0);

interface AskedCourse {
  readonly credential: string;
  readonly course: string;
  readonly setOf: string | null;
  readonly needed: number;
}

/** The generated facts in PostgreSQL, and the two questions that a registry would ask of it with SQL alone. */
export class FactsInPostgres {
  readonly #client: Client;
  readonly #countsFor: string;
  readonly #stop: () => Promise<void>;

  private constructor(client: Client, countsFor: string, stop: () => Promise<void>) {
    this.#client = client;
    this.#countsFor = countsFor;
    this.#stop = stop;
  }

  static async start(facts: Facts): Promise<FactsInPostgres> {
    const dataDir = await mkdtemp(join(tmpdir(), 'mcr-bench-'));
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
    const client = new Client({ connectionString: postgres.adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    const stop = async (): Promise<void> => {
      await client.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
    await client.query('create schema bench; set search_path to bench');
    await client.query(await sqlOf('schema'));
    await load(client, facts);
    await client.query(await sqlOf('indexes'));
    await client.query(await sqlOf('greedy-plan'));
    return new FactsInPostgres(client, await sqlOf('counts-for'), stop);
  }

  /** Ids of the agreements that give something for what is held, at all receivers. */
  async countsFor(situation: Situation): Promise<string[]> {
    const { rows } = await this.#client.query<{ winner: string }>({ name: 'counts-for', text: this.#countsFor, values: columnsOf(situation) });
    return rows.map(({ winner }) => winner);
  }

  /** What greedy SQL plans, or undefined where it finds nothing. It may be dearer than it has to be, and it may be no plan. */
  async greedyPlan(credential: string, situation: Situation): Promise<string[] | undefined> {
    const winners = await this.countsFor(situation);
    const { rows } = await this.#client.query<{ plan: string[] | null }>({
      name: 'greedy-plan',
      text: 'select plan_greedily($1, $2, $3, $4, $5, $6) as plan',
      values: [credential, ...columnsOf(situation), winners, situation.asOf],
    });
    return rows[0]?.plan ?? undefined;
  }

  stop(): Promise<void> {
    return this.#stop();
  }
}

const columnsOf = ({ held }: Situation): unknown[] => [
  held.map(({ microCredential }) => microCredential),
  held.map(({ completedOn }) => completedOn),
  held.map(({ grade }) => grade ?? 0),
];

async function load(client: Client, { microCredentials, agreements, credentials }: Facts): Promise<void> {
  const insert = async (table: string, rows: readonly object[]): Promise<void> => {
    const text = `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`;
    for (let from = 0; from < rows.length; from += 10_000) await client.query(text, [JSON.stringify(rows.slice(from, from + 10_000))]);
  };
  await insert('micro_credential', microCredentials);
  await insert('agreement', agreements.map(agreementRow));
  await insert(
    'thing',
    agreements.flatMap(({ id, from }) => from.map((one) => ({ agreement: id, micro_credential: one.microCredential, min_grade: one.minGrade }))),
  );
  await insert(
    'granted',
    agreements.flatMap(({ id, receiver, grants }) => grants.map((grant) => ({ agreement: id, receiver, ...grant }))),
  );
  await insert(
    'asked_course',
    credentials.flatMap(coursesOf).map(({ setOf, ...asked }, place) => ({ ...asked, set_of: setOf, place })),
  );
  await insert('asked_credit', credentials.map(creditRow));
}

const agreementRow = ({ id, kind, receiver, from, validFrom, validUntil, priority, recordedOn }: Agreement): object => ({
  ...{ id, kind, receiver, priority, valid_from: validFrom, valid_until: validUntil, recorded_on: recordedOn },
  ...{ kind_rank: rankOf(kind), units: [...new Set(from.map(({ microCredential }) => microCredential))] },
});

function coursesOf({ id: credential, requirement }: Credential): AskedCourse[] {
  const parts = requirement.node === 'ALL' ? requirement.of : [];
  return parts.flatMap((part): AskedCourse[] => {
    if (part.node === 'COURSE') return [{ credential, course: part.course, setOf: null, needed: 1 }];
    if (part.node !== 'K_OF') return [];
    return part.of.flatMap((one) => (one.node === 'COURSE' ? [{ credential, course: one.course, setOf: part.id, needed: part.k }] : []));
  });
}

function creditRow({ id, institution, requirement, limits = [] }: Credential): object {
  const electives = requirement.node === 'ALL' ? requirement.of.find((part) => part.node === 'CREDITS') : undefined;
  const residency = limits.find((limit) => limit.limit === 'RESIDENCY');
  return { credential: id, institution, subjects: electives?.from.subjects ?? [], electives: electives?.min ?? 0, residency: residency?.min ?? 0 };
}
