import type { Transaction } from '@mcr/database';

export type OperatorActionKind =
  'REDRIVE' | 'REDRIVE_REFUSED' | 'DISCARD_ASKED' | 'DISCARD_CONFIRMED' | 'REPLAY' | 'REBUILD_BEGUN' | 'REBUILD_SWAPPED' | 'REBUILD_ABANDONED' | 'RECONCILE';

/** Who acts, and why. */
export interface Order {
  readonly who: string;
  readonly reason: string;
}

export interface OperatorAction extends Order {
  readonly action: OperatorActionKind;
  readonly consumer: string;
  readonly topic?: string;
  readonly partition?: number;
  readonly pos?: number;
  readonly key?: string;
  /** What came of it: counts and closed codes, nothing of an event's data. */
  readonly outcome?: object;
}

/** An action as it was recorded. */
export interface RecordedAction extends OperatorAction {
  readonly id: number;
  readonly at: string;
}

/** Records an act in the transaction of the act: one is not there without the other. Returns its number. */
export async function recordAction(tx: Transaction, action: OperatorAction): Promise<number> {
  const [row] = await tx.query<{ id: string }>(
    `insert into operator_action (who, action, reason, consumer, topic, partition, pos, key, outcome)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      action.who,
      action.action,
      action.reason,
      action.consumer,
      action.topic ?? null,
      action.partition ?? null,
      action.pos ?? null,
      action.key ?? null,
      JSON.stringify(action.outcome ?? {}),
    ],
  );
  return Number(row!.id);
}

/** The newest actions first, at most `limit`, older than `before` where it is given. */
export async function readActions(tx: Pick<Transaction, 'query'>, limit: number, before?: number): Promise<RecordedAction[]> {
  const rows = await tx.query<Record<keyof RecordedAction, never>>(
    `select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, who, action, reason, consumer, topic, partition, pos, key, outcome from operator_action
      where $2::bigint is null or id < $2 order by id desc limit $1`,
    [limit, before ?? null],
  );
  return rows.map(({ id, at, who, action, reason, consumer, topic, partition, pos, key, outcome }) => ({
    ...{ id: Number(id), at, who, action, reason, consumer, outcome },
    ...(topic === null ? {} : { topic }),
    ...(partition === null ? {} : { partition: Number(partition) }),
    ...(pos === null ? {} : { pos: Number(pos) }),
    ...(key === null ? {} : { key }),
  }));
}
