import type { Transaction } from '@mcr/database';
import type { ProjectionTables } from '../reactions/consumer.ts';

/** Those of messaging itself, which change with every act. */
const OUR_OWN = ['checkpoint', 'dead_letter', 'parked_event', 'attempt', 'operator_action', 'discarded_event', 'projection', 'event_log', 'log_head'];

/** How many rows this session has written so far, without bookkeeping; the difference of two calls is what was written between them. */
export async function changedRows(tx: Pick<Transaction, 'query'>, tables: ProjectionTables | undefined): Promise<number> {
  const [row] = await tx.query<{ changed: number }>(
    'select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 as changed from pg_stat_xact_user_tables where relname <> all ($1::text[])',
    [[...OUR_OWN, ...(tables?.bookkeeping ?? [])]],
  );
  return row!.changed;
}
