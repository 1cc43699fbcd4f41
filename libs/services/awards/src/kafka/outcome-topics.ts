import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { kafkaRecord, outcomeTopicOf, type SubmissionDecided } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { RecordWriter } from '@mcr/messaging/kafka-records';
import { Logger, Settings } from '@mcr/runtime';

/** Where institutions read outcomes. An outcome may come twice, as the same event; never out of order, never not at all. */
@Injectable()
export class OutcomeTopics implements OnApplicationShutdown {
  private readonly writer: RecordWriter | undefined;

  constructor({ kafka }: Settings, log: Logger) {
    this.writer = kafka && new RecordWriter({ brokers: kafka.brokers, clientId: 'mcr-awards-outcomes', log });
  }

  /** @throws KafkaTrouble while Kafka, or the institution's topic, is not there. */
  async tell(event: EventOf<typeof SubmissionDecided>): Promise<void> {
    const { institutionCode, sourceAwardId, eventId } = event.data;
    await this.writer!.write(outcomeTopicOf(institutionCode), [kafkaRecord({ ...event }, sourceAwardId ?? eventId)]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writer?.close();
  }
}
