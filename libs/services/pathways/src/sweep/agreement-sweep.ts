import { isTransient } from '@mcr/database';
import { dayInBritishColumbia } from '@mcr/event-kit';
import { UnitOfWork } from '@mcr/messaging';
import { Clock, Logger } from '@mcr/runtime';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { appendState } from '../commands/agreements/agreement-answer.ts';
import { nextByDay } from '../domain/agreements/life.ts';
import { lockDueAgreements, updateStatuses } from '../storage/agreements.ts';

const EVERY_MS = 60_000;
const MOST_AT_ONCE = 500;
const BY = 'pathways.sweep';

/**
 * Says in events that agreements have begun or ended. Nothing depends on it: what an agreement is follows from its days whenever it is read. Each
 * step is said once, whatever other processes sweep at the same time.
 */
@Injectable()
export class AgreementSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.sweepIn(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** Says everything that the days until now have brought, after the sweep that is under way here; how many steps that were. */
  sweep(): Promise<number> {
    const sweep = this.sweeping.then(() => this.sayWhatIsDue());
    this.sweeping = sweep.catch(() => undefined);
    return sweep;
  }

  private sweepIn(ms: number): void {
    this.timer = setTimeout(() => {
      void this.sweep()
        .catch((error: unknown) => this.logger[isTransient(error) ? 'warn' : 'error']({ err: error }, 'Agreements could not be swept; the next sweep will'))
        .then(() => (this.stopped ? undefined : this.sweepIn(EVERY_MS)));
    }, ms);
  }

  private async sayWhatIsDue(): Promise<number> {
    let said = 0;
    for (let more = true; more && !this.stopped;) {
      const steps = await this.step(this.clock.now());
      said += steps;
      more = steps > 0;
    }
    return said;
  }

  private step(now: Date): Promise<number> {
    const today = dayInBritishColumbia(now);
    return this.unitOfWork.run(async (tx) => {
      const due = await lockDueAgreements(tx, today, MOST_AT_ONCE);
      const next = due.flatMap((agreement) => nextByDay(agreement, today) ?? []);
      if (next.length > 0) await updateStatuses(tx, next, { by: BY, at: now });
      for (const agreement of next) appendState(tx, agreement, now);
      return next.length;
    });
  }
}
