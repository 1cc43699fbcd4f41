import type { Database, Transaction } from '@mcr/database';
import { contextFor, reactToEntries } from '../../processing/react-to-entries.ts';
import type { InboxParts } from '../../processing/inbox.ts';
import { placeKey } from '../../processing/inbox.ts';
import type { ProjectionTables } from '../../reactions/consumer.ts';
import type { LogEntry } from '../../log/event-log.ts';
import { standbySchema } from './rebuild-migration.ts';

/** A projection of which the next generation is built beside the live one. */
export interface Generation {
  /** The live consumer. */
  readonly consumer: string;
  /** The consumer of the next generation: `search.registry@2`. */
  readonly next: string;
  readonly number: number;
  readonly tables: ProjectionTables;
  /** The schema of the live tables. */
  readonly schema: string;
}

/** The next generation that is being built, if one is; `begin` names one that is yet to be. */
export async function generationOf(tx: Pick<Transaction, 'query'>, parts: InboxParts): Promise<{ generation: Generation; begun: boolean }> {
  const consumer = parts.declaration.name;
  const [row] = await tx.query<{ generation: number; begun: boolean }>(
    'select generation, next_since is not null as begun from projection where consumer = $1',
    [consumer],
  );
  const number = (row?.generation ?? 1) + 1;
  const tables = parts.declaration.tables!;
  const schema = tables.schema ?? parts.unitOfWork.database.schema;
  return { generation: { consumer, next: `${consumer}@${number}`, number, tables, schema }, begun: row?.begun ?? false };
}

/** The same reactions, writing into the standby tables and nowhere else; what was discarded is passed over. */
export function partsOfNext(live: InboxParts, { consumer, next }: Generation): InboxParts {
  const { database } = live.unitOfWork;
  const standby = standbySchema(database.schema);
  return {
    ...live,
    declaration: { ...live.declaration, name: next },
    apply: async (entries, tx) => {
      const dropped = await discarded(tx, consumer, entries);
      // Only the standby schema: a table that was not declared is not found, instead of being written live.
      await tx.query(`set local search_path = ${standby}, extensions`);
      await reactToEntries(
        live.reactor,
        entries.filter((entry) => !dropped.has(`${placeKey(entry)}@${entry.pos}`)),
        { tx: { ...contextFor(live.declaration, tx).tx, tablesIn: standby } },
      );
      await tx.query(`set local search_path = ${database.schema}, extensions`);
    },
  };
}

async function discarded(tx: Pick<Transaction, 'query'>, consumer: string, entries: readonly LogEntry[]): Promise<Set<string>> {
  const rows = await tx.query<{ topic: string; partition: number; pos: number }>(
    'select topic, partition, pos::float8 as pos from discarded_event where consumer = $1 and key = any ($2)',
    [consumer, [...new Set(entries.map(({ key }) => key))]],
  );
  return new Set(rows.map((row) => `${placeKey(row)}@${row.pos}`));
}

/** Forgets everything about a next generation but its number. */
export async function forget(tx: Pick<Transaction, 'query'>, next: string): Promise<void> {
  for (const table of ['checkpoint', 'dead_letter', 'parked_event', 'attempt']) await tx.query(`delete from ${table} where consumer = $1`, [next]);
}

export const namesOf = ({ tables }: Generation): readonly string[] => tables.names;

/** Makes sure that nothing of an earlier attempt is left, and makes the tables. */
export async function prepareStandby(tx: Pick<Transaction, 'query'>, generation: Generation): Promise<void> {
  await forget(tx, generation.next);
  await tx.query('select drop_standby($1)', [namesOf(generation)]);
  await tx.query('select prepare_standby($1, $2)', [generation.schema, namesOf(generation)]);
  await tx.query(
    `insert into projection (consumer, generation, next_since) values ($1, $2, now())
     on conflict (consumer) do update set next_since = excluded.next_since`,
    [generation.consumer, generation.number - 1],
  );
}

/** Who else of this service is being rebuilt: the standby schema is for one at a time. */
export async function rebuiltNow(database: Pick<Database, 'query'>): Promise<string | undefined> {
  const [row] = await database.query<{ consumer: string }>('select consumer from projection where next_since is not null limit 1');
  return row?.consumer;
}
