import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@mcr/database';
import { newEventId } from '@mcr/event-kit';
import type { ReceivedRecord } from '@mcr/messaging/kafka-records';
import type { NamelessRecord } from '../domain/record/kafka-event.ts';
import { IntakeKeys } from '../intake/intake-keys.ts';
import { insertInboundDeadLetters } from '../storage/inbound-dead-letter-store.ts';

export interface Unreadable {
  readonly record: ReceivedRecord;
  readonly nameless: NamelessRecord;
}

/** Keeps the records that name nothing to answer to: listed for their institution, their bytes encrypted. */
@Injectable()
export class InboundDeadLetters {
  constructor(
    private readonly database: Database,
    private readonly keys: IntakeKeys,
  ) {}

  /** Keeping the same record again changes nothing. */
  async keep(institutionCode: string, unreadable: readonly Unreadable[], receivedAt: Date): Promise<void> {
    // Ids of one moment have no order of their own; the list is in the order of the topic.
    const ids = unreadable.map(() => newEventId(receivedAt)).sort();
    const letters = unreadable.map(({ record, nameless: { reason, detail } }, index) => {
      const raw = rawBytes(record);
      const deadLetterId = ids[index]!;
      return {
        deadLetterId,
        institutionCode,
        topic: record.topic,
        offset: record.offset,
        sha256: createHash('sha256').update(raw).digest('hex'),
        reason,
        detail,
        bytes: record.value?.length ?? 0,
        sealed: this.keys.bytes.close(deadLetterId, raw),
        receivedAt,
      };
    });
    await insertInboundDeadLetters(this.database, letters);
  }
}

const text = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null;

/** Everything that was sent, in one piece. */
function rawBytes({ key, value, headers }: ReceivedRecord): Buffer {
  const shown = Object.entries(headers).map(([name, values]) => [name, values.map((one) => text(one))]);
  return Buffer.from(JSON.stringify({ key: text(key), headers: shown, value: text(value) }));
}
