import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { isTransient } from '@mcr/database';
import { Clock, Logger } from '@mcr/runtime';
import { Intake } from './intake.ts';
import { IntakeSettings } from './intake-settings.ts';
import { WaitingRecords } from './waiting-records.ts';

/** Looks again, each second, at what waits. The arrival of a fact is no promise, so nothing depends on being told of it. */
@Injectable()
export class Sweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;
  private lateBefore = 0;

  constructor(
    private readonly waiting: WaitingRecords,
    private readonly intake: Intake,
    private readonly settings: IntakeSettings,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep().then(() => (this.stopped ? undefined : this.onApplicationBootstrap()));
    }, this.settings.sweepMs);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      const now = this.clock.now();
      const { keys, factsCompleteUntil } = await this.waiting.dueAt(now);
      await this.intake.revisit(keys, factsCompleteUntil);
      await this.alarm(now);
    } catch (error) {
      this.logger[isTransient(error) ? 'warn' : 'error']({ err: error }, 'Waiting records could not be looked at; the next sweep will');
    }
  }

  private async alarm(now: Date): Promise<void> {
    const late = await this.waiting.lateAt(now);
    if (late > this.lateBefore) this.logger.warn({ records: late }, 'Records wait long for revisions that were sent before them');
    this.lateBefore = late;
  }
}
