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

  /** In the order given, for each institution. @throws KafkaTrouble while Kafka, or a topic, is not there; then some may have been told. */
  async tell(events: readonly EventOf<typeof SubmissionDecided>[]): Promise<void> {
    const topics = Map.groupBy(events, ({ data }) => outcomeTopicOf(data.institutionCode));
    for (const [topic, outcomes] of topics) {
      await this.writer!.write(
        topic,
        outcomes.map((event) => kafkaRecord({ ...event }, event.data.sourceAwardId ?? event.data.eventId)),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writer?.close();
  }
}
