import { chainHash } from '../log/event-log.ts';
import { readCheckpoints } from '../processing/checkpoints.ts';
import { placeKey } from '../processing/inbox.ts';
import type { InboxParts } from '../processing/inbox.ts';
import type { LogSource } from '../carrier/carrier.ts';
import { setAsideAt } from './dead-letters/set-aside.ts';

export type FindingKind = 'OTHER_LOG' | 'AHEAD_OF_LOG' | 'GAP' | 'CHAIN_BROKEN' | 'HASH_DIFFERS' | 'EDITED';

/** Something that cannot be as it should be. */
export interface Finding {
  readonly kind: FindingKind;
  readonly pos: number;
  readonly message: string;
}

/** A stretch of one partition as the owner's log has it now: how many events, and the hash of everything up to its end. */
export interface ReconciledWindow {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly hash: string;
}

export interface Reconciled {
  readonly window: ReconciledWindow | undefined;
  readonly findings: Finding[];
  /** Where to go on; undefined at the checkpoint, or where going on makes no sense. */
  readonly next: { readonly after: number; readonly hash: string } | undefined;
}

const WINDOW = 2000;

/**
 * Compares one window of the owner's log with what a consumer's checkpoint says. The checkpoint keeps the hash of all that was done, so
 * a log that was changed, cut, restored or exchanged since is found, and so is a checkpoint that was moved by hand, and a set-aside event
 * that was edited. What became of the rows of a projection is found by building them anew.
 */
export async function reconcileWindow(
  parts: InboxParts,
  source: LogSource,
  place: { topic: string; partition: number },
  after: number,
  hash: string,
): Promise<Reconciled> {
  const consumer = parts.declaration.name;
  const { database } = parts.unitOfWork;
  const checkpoint = (await readCheckpoints(database, consumer)).find((one) => placeKey(one) === placeKey(place))!;
  const head = (await source.heads()).find((one) => placeKey(one) === placeKey(place))?.pos ?? 0;
  const at = (pos: number): string => `${placeKey(place)}@${pos}`;
  const only = (kind: FindingKind, pos: number, message: string): Reconciled => ({ window: undefined, findings: [{ kind, pos, message }], next: undefined });
  if (checkpoint.logId !== null && checkpoint.logId !== (await source.identity()))
    return only('OTHER_LOG', checkpoint.pos, `The checkpoint was written for log ${checkpoint.logId}; the owner's is another.`);
  if (checkpoint.pos > head) return only('AHEAD_OF_LOG', checkpoint.pos, `The checkpoint is at ${checkpoint.pos}; the owner's log ends at ${head}.`);
  if (after >= checkpoint.pos) return { window: undefined, findings: [], next: undefined };

  const entries = (await source.readAfter([{ ...place, pos: after }], WINDOW)).filter(({ pos }) => pos <= checkpoint.pos);
  const findings: Finding[] = [];
  let [reached, chain] = [after, Buffer.from(hash, 'hex')];
  for (const entry of entries) {
    if (entry.pos !== reached + 1) return only('GAP', reached + 1, `${at(reached + 1)} is missing in the log.`);
    if (!chainHash(chain, entry.event).equals(entry.hash)) return only('CHAIN_BROKEN', entry.pos, `${at(entry.pos)} does not continue the hash chain.`);
    [reached, chain] = [entry.pos, Buffer.from(entry.hash)];
  }
  if (reached === after) return only('GAP', after + 1, `${at(after + 1)} is missing in the log.`);
  const events = new Map(entries.map(({ pos, event }) => [pos, event]));
  for (const stored of await setAsideAt(database, consumer, place, after + 1, reached))
    if (stored.event !== events.get(stored.pos))
      findings.push({ kind: 'EDITED', pos: stored.pos, message: `${at(stored.pos)} was set aside and changed since.` });
  if (reached === checkpoint.pos && !chain.equals(checkpoint.hash))
    findings.push({ kind: 'HASH_DIFFERS', pos: reached, message: `Up to ${at(reached)} the consumer has done other events than the log holds.` });
  return {
    window: { from: after + 1, to: reached, count: entries.length, hash: chain.toString('hex') },
    findings,
    next: reached < checkpoint.pos ? { after: reached, hash: chain.toString('hex') } : undefined,
  };
}
