import { Module, type Type } from '@nestjs/common';
import { Secrets } from '@mcr/runtime';
import { FactsConsumer } from './consumers/facts.consumer.ts';
import { OutcomesConsumer } from './consumers/outcomes.consumer.ts';
import { Callers } from './http/callers.ts';
import { EncryptionKeysController } from './http/encryption-keys.controller.ts';
import { EventsController } from './http/events.controller.ts';
import { SubmissionsController } from './http/submissions.controller.ts';
import { GroupRunner } from './intake/group-runner.ts';
import { IntakeKeys } from './intake/intake-keys.ts';
import { IntakeSettings } from './intake/intake-settings.ts';
import { Intake } from './intake/intake.ts';
import { Pressure } from './intake/pressure.ts';
import { Sweep } from './intake/sweep.ts';
import { WaitingRecords } from './intake/waiting-records.ts';
import { InboundDeadLetters } from './kafka/inbound-dead-letters.ts';
import { InboundDoor } from './kafka/inbound-door.ts';
import { InboundRecords } from './kafka/inbound-records.ts';
import { LearnerKeys } from './kafka/learner-keys.ts';
import { OutcomeTopics } from './kafka/outcome-topics.ts';

export function awardsModule(settings: IntakeSettings): Type {
  @Module({
    controllers: [EventsController, SubmissionsController, EncryptionKeysController, FactsConsumer, OutcomesConsumer],
    providers: [
      { provide: IntakeSettings, useValue: settings },
      { provide: IntakeKeys, useFactory: (secrets: Secrets) => IntakeKeys.from(secrets), inject: [Secrets] },
      GroupRunner,
      Pressure,
      Intake,
      WaitingRecords,
      Sweep,
      Callers,
      LearnerKeys,
      InboundDeadLetters,
      InboundRecords,
      InboundDoor,
      OutcomeTopics,
    ],
  })
  class AwardsModule {}
  return AwardsModule;
}
