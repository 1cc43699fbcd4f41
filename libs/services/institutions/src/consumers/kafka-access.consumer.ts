import { Payload } from '@nestjs/microservices';
import { institutionEvents, publishingClientEvents } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo } from '@mcr/messaging';
import { KafkaAccess } from '../kafka/kafka-access.ts';

/** Lets institutions' systems use their topics on Kafka, for as long as they may. */
@Consumer({ name: 'institutions.kafka-access', kind: 'delivery' })
export class KafkaAccessConsumer {
  constructor(private readonly access: KafkaAccess) {}

  @ReactTo(institutionEvents)
  setAccessWhenInstitutionChanged(@Payload() { data }: EventOf<(typeof institutionEvents)[number]>): Promise<void> {
    return this.access.set(data.ctid);
  }

  @ReactTo(publishingClientEvents)
  setAccessWhenClientChanged(@Payload() { data }: EventOf<(typeof publishingClientEvents)[number]>): Promise<void> {
    return this.access.set(data.institutionCtid);
  }
}
