import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { inboundTopicOf } from '@mcr/contracts';
import { Database } from '@mcr/database';
import { RecordReader } from '@mcr/messaging/kafka-records';
import { Logger, Settings } from '@mcr/runtime';
import { IntakeSettings } from '../intake/intake-settings.ts';
import { readInstitutionCodes } from '../storage/fact-store.ts';
import { InboundRecords } from './inbound-records.ts';

/** Reads the inbound topics of all institutions that are known here. Stays shut where Kafka is not configured. */
@Injectable()
export class InboundDoor implements OnApplicationBootstrap, OnModuleDestroy {
  private reader: RecordReader | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly intakeSettings: IntakeSettings,
    private readonly database: Database,
    private readonly records: InboundRecords,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { kafka } = this.settings;
    if (!kafka) return;
    this.reader = new RecordReader({
      connection: { brokers: kafka.brokers, clientId: 'mcr-awards-inbound', log: this.logger },
      groupId: 'awards.inbound',
      topics: async () => (await readInstitutionCodes(this.database)).map(inboundTopicOf),
      handle: (records) => this.records.take(records),
      mostAtOnce: this.intakeSettings.groupSize,
      lookEveryMs: this.intakeSettings.sweepMs,
    });
    this.reader.start();
  }

  /** Before the intake closes: what is in hand is committed, what is not comes again. */
  async onModuleDestroy(): Promise<void> {
    await this.reader?.close();
  }
}
