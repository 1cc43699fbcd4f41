import { Payload } from '@nestjs/microservices';
import { SubmissionDecided } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo } from '@mcr/messaging';
import { OutcomeTopics } from '../kafka/outcome-topics.ts';

/** Tells institutions on Kafka what became of each of their records, whatever door it came through. */
@Consumer({ name: 'awards.outcomes', kind: 'delivery' })
export class OutcomesConsumer {
  constructor(private readonly topics: OutcomeTopics) {}

  @ReactTo(SubmissionDecided, { batch: true })
  tellOutcomesWhenSubmissionsDecided(@Payload() events: readonly EventOf<typeof SubmissionDecided>[]): Promise<void> {
    return this.topics.tell(events);
  }
}
