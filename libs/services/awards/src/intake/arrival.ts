import { topics } from '@mcr/contracts';
import { newEventId, partitionOf } from '@mcr/event-kit';
import { readRecord, type InboundRecord } from '../domain/record/read-record.ts';
import type { Submission } from '../domain/submission/submission.ts';
import type { WaitingRow } from '../storage/submission-store.ts';
import type { IntakeKeys } from './intake-keys.ts';

/** A record with the identity that its sender gave it. */
export interface SentRecord extends InboundRecord {
  readonly institutionCode: string;
  readonly eventId: string;
}

/** A submission inside the intake: the record as it was sent, and where it goes. */
export type Arrival = Submission & {
  readonly eventId: string;
  readonly inbound: InboundRecord;
  /** Decides who works on it, and in which partition its events are written. */
  readonly lane: number;
};

export const laneCount = topics.awards.partitions;

/** All records of one sourceAwardId share a lane; a record without one is alone with its event id. */
export const laneOf = (institutionCode: string, sourceAwardId: string | undefined, eventId: string): number =>
  partitionOf(sourceAwardId === undefined ? eventId : `${institutionCode}:${sourceAwardId}`, laneCount);

/** Reads a record that came in, and gives it the ids that it may need. */
export const arrivalOf = ({ institutionCode, eventId, ...inbound }: SentRecord, receivedAt: Date, keys: IntakeKeys): Arrival =>
  build({ submissionId: newEventId(receivedAt), institutionCode, eventId, inbound, contentHash: keys.contentHash(inbound), receivedAt });

/** Reads a record again that was stored to wait. */
export const arrivalFrom = (row: WaitingRow, keys: IntakeKeys): Arrival => build({ ...row, inbound: keys.unseal(row.submissionId, row.sealed) });

type Stored = Pick<Arrival, 'submissionId' | 'institutionCode' | 'eventId' | 'inbound' | 'contentHash' | 'receivedAt'>;

function build({ submissionId, institutionCode, eventId, inbound, contentHash, receivedAt }: Stored): Arrival {
  const record = readRecord(inbound);
  const lane = laneOf(institutionCode, record.sourceAwardId, eventId);
  return {
    submissionId,
    newAwardId: `urn:uuid:${newEventId(receivedAt)}`,
    institutionCode,
    eventId,
    inbound,
    record,
    contentHash,
    receivedAt,
    lane,
  } as Arrival;
}
