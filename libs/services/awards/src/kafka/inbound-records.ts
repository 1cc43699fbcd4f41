import { Injectable } from '@nestjs/common';
import { institutionOfInboundTopic } from '@mcr/contracts';
import { institutionSource } from '@mcr/event-kit';
import type { ReceivedRecord } from '@mcr/messaging/kafka-records';
import { Clock, Logger } from '@mcr/runtime';
import { readKafkaEvent, type NamedRecord } from '../domain/record/kafka-event.ts';
import { recordFault } from '../domain/record/record-fault.ts';
import { Intake } from '../intake/intake.ts';
import { InboundDeadLetters, type Unreadable } from './inbound-dead-letters.ts';
import { LearnerKeys } from './learner-keys.ts';
import { openPersonal } from './open-personal.ts';

/** Takes what lies on inbound topics. The institution of a record is its topic's, whatever the record says of itself. */
@Injectable()
export class InboundRecords {
  constructor(
    private readonly intake: Intake,
    private readonly deadLetters: InboundDeadLetters,
    private readonly learnerKeys: LearnerKeys,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Resolves once every record has a submission or is listed, all committed. The same again changes nothing.
   * @throws when something could not be stored; then the records must come again.
   */
  async take(records: readonly ReceivedRecord[]): Promise<void> {
    const now = this.clock.now();
    const institutionCode = institutionOfInboundTopic(records[0]!.topic)!;
    const named: NamedRecord[] = [];
    const unreadable: Unreadable[] = [];
    for (const record of records) {
      const read = readKafkaEvent(record, now);
      if ('eventId' in read) named.push(this.refuseForeign(read, institutionCode, record));
      else unreadable.push({ record, nameless: read });
    }
    if (unreadable.length > 0) {
      this.logger.warn(
        { institution: institutionCode, records: unreadable.length, offset: unreadable[0]!.record.offset },
        'Records name no event; they are listed for their institution',
      );
      await this.deadLetters.keep(institutionCode, unreadable, now);
    }
    const opened = await Promise.all(named.map((record) => openPersonal(record, this.learnerKeys)));
    await this.intake.takeTogether(opened.map(({ source: _source, ...record }) => ({ ...record, institutionCode })));
  }

  private refuseForeign(record: NamedRecord, institutionCode: string, { topic, offset }: ReceivedRecord): NamedRecord {
    if (record.source === undefined || record.source === institutionSource(institutionCode)) return record;
    this.logger.warn(
      { audit: 'SOURCE_NOT_YOURS', institution: institutionCode, topic, offset, events: 1 },
      'A record names another institution as its source; it was refused',
    );
    return { ...record, data: withoutContent(record.data), faults: [recordFault('SOURCE_NOT_YOURS')] };
  }
}

/** What a refused record says is nobody's business; its name is needed for the answer. */
const withoutContent = (data: unknown): unknown =>
  data !== null && typeof data === 'object' ? { sourceAwardId: (data as { sourceAwardId?: unknown }).sourceAwardId } : undefined;
