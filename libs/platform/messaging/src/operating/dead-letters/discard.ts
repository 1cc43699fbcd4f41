import { Refusal } from '@mcr/event-kit';
import type { EventfulTransaction } from '../../unit-of-work.ts';
import { lockCheckpoints } from '../../processing/checkpoints.ts';
import { recordAction } from '../audit.ts';
import type { Order } from '../audit.ts';
import { findDeadLetter } from './set-aside.ts';
import type { StoredDeadLetter } from './set-aside.ts';

const noSuchLetter = (): Refusal => new Refusal('NOT_FOUND', 'There is no such dead letter; it may have been redriven or discarded.');

async function letterOf(tx: EventfulTransaction, id: string): Promise<StoredDeadLetter> {
  const seen = await findDeadLetter(tx, id);
  if (!seen) throw noSuchLetter();
  await lockCheckpoints(tx, seen.consumer, [seen]);
  const letter = await findDeadLetter(tx, id);
  if (!letter) throw noSuchLetter();
  return letter;
}

/** The first person asks for one event to be dropped, with the reason. Nothing is dropped yet. */
export async function askToDiscard(tx: EventfulTransaction, id: string, order: Order): Promise<StoredDeadLetter> {
  const letter = await letterOf(tx, id);
  const { consumer, topic, partition, pos, key } = letter;
  await recordAction(tx, { ...order, action: 'DISCARD_ASKED', consumer, topic, partition, pos, key });
  return letter;
}

/**
 * A second person confirms: the one event is dropped for good, and remembered, so that a replay or a rebuild passes it over.
 * The events behind it are still to be redriven.
 * @throws Refusal when nobody has asked since the event was last tried, or when only the same person has.
 */
export async function confirmDiscard(tx: EventfulTransaction, id: string, order: Order): Promise<StoredDeadLetter> {
  const letter = await letterOf(tx, id);
  if (letter.discardAskedBy.length === 0) throw new Refusal('ILLEGAL_STATE', 'Nobody has asked to discard this event since it was last tried.');
  if (letter.discardAskedBy.every((who) => who === order.who))
    throw new Refusal('APPROVER_IS_REQUESTER', 'You have asked for it yourself: another person must confirm.');
  const { consumer, topic, partition, pos, key } = letter;
  const action = await recordAction(tx, { ...order, action: 'DISCARD_CONFIRMED', consumer, topic, partition, pos, key });
  await tx.query('delete from dead_letter where id = $1', [id]);
  await tx.query('insert into discarded_event (consumer, topic, partition, pos, key, action_id) values ($1, $2, $3, $4, $5, $6)', [
    consumer,
    topic,
    partition,
    pos,
    key,
    action,
  ]);
  return letter;
}
