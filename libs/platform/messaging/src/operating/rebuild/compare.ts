import type { Transaction } from '@mcr/database';
import type { Generation } from './next-generation.ts';
import { standbySchema } from './rebuild-migration.ts';

/** How a live table stands to the same table built anew from the log. */
export interface TableComparison {
  readonly table: string;
  readonly rows: number;
  /** A sum of every row's hash: the same for the same rows, in whatever order. */
  readonly digest: string;
  /** Rows that the log gives and the live table lacks; that it has and the log does not give; that differ. */
  readonly missing: number;
  readonly extra: number;
  readonly altered: number;
  /** The primary keys of the first of them. Ids are ours; nothing else of a row is told. */
  readonly examples: string[];
}

const EXAMPLES = 20;

/** Compares every table but bookkeeping. Both checkpoints are locked, so both sides stand at the same positions. */
export async function compareGenerations(tx: Pick<Transaction, 'query'>, service: string, { schema, tables }: Generation): Promise<TableComparison[]> {
  const compared = tables.names.filter((name) => !tables.bookkeeping?.includes(name));
  const results: TableComparison[] = [];
  for (const table of compared) results.push(await compareTable(tx, schema, standbySchema(service), table));
  return results;
}

async function compareTable(tx: Pick<Transaction, 'query'>, live: string, standby: string, table: string): Promise<TableComparison> {
  const keys = await tx.query<{ name: string }>(
    `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = $1::regclass and i.indisprimary order by a.attnum`,
    [`${live}.${table}`],
  );
  const columns = keys.map(({ name }) => `"${name}"`).join(', ');
  const [counts] = await tx.query<Omit<TableComparison, 'table'>>(
    `with both_sides as (
       select ${columns}, l.row as live, s.row as built
         from (select ${columns}, to_jsonb(t) as row from "${live}"."${table}" t) l
         full join (select ${columns}, to_jsonb(t) as row from "${standby}"."${table}" t) s using (${columns})
     ), wrong as (select * from both_sides where live is distinct from built)
     select
       (select count(*)::float8 from both_sides where live is not null) as rows,
       (select coalesce(sum(('x' || left(md5(live::text), 15))::bit(60)::bigint::numeric), 0)::text from both_sides where live is not null) as digest,
       (select count(*)::float8 from wrong where live is null) as missing,
       (select count(*)::float8 from wrong where built is null) as extra,
       (select count(*)::float8 from wrong where live is not null and built is not null) as altered,
       array(select concat_ws('/', ${columns}) from wrong order by ${columns} limit ${EXAMPLES}) as examples`,
  );
  return { table, ...counts! };
}
