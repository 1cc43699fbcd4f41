import { Database, isTransient } from '@mcr/database';
import { Clock, Logger } from '@mcr/runtime';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { forgetOldAnswers } from '../storage/answers.ts';

const EVERY_MS = 60 * 60 * 1000;

/** Deletes, when it starts and each hour, the answers that are older than a year, and counts of days that are over. Nothing depends on its being on time: they are not shown any more. */
@Injectable()
export class AnswerSweep implements OnApplicationBootstrap, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#sweeping = this.sweep();
    this.#timer = setInterval(() => void (this.#sweeping = this.sweep()), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async sweep(): Promise<void> {
    try {
      await forgetOldAnswers(this.database, this.clock.now());
    } catch (error) {
      this.logger[isTransient(error) ? 'warn' : 'error']({ err: error }, 'Old answers could not be deleted; the next sweep will');
    }
  }
}
