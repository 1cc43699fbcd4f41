import { Injectable } from '@nestjs/common';
import { isTransient } from '@mcr/database';
import { Refusal, dayInBritishColumbia } from '@mcr/event-kit';
import { UnitOfWork, type EventfulTransaction } from '@mcr/messaging';
import { Clock, Logger } from '@mcr/runtime';
import type { SourceAwardKey } from '../storage/submission-store.ts';
import type { Arrival } from './arrival.ts';
import type { Group, Moment, Work } from './group/group.ts';
import { processGroup, type Answer } from './group/process-group.ts';
import { refuseUnprocessed, refuseWaiting } from './group/refuse-unprocessed.ts';
import { IntakeKeys } from './intake-keys.ts';
import { IntakeSettings } from './intake-settings.ts';

/** One thing to decide, and who waits for it. */
export type Task = { readonly done: (answer: Answer) => void; readonly failed: (refusal: Refusal) => void } & (
  { readonly arrival: Arrival } | { readonly revisit: SourceAwardKey }
);

const VISITED: Answer = { submissionId: '', state: 'PENDING' };

/** Gives every task of a group its end: an answer after the commit, or a refusal that says to come back. */
@Injectable()
export class GroupRunner {
  /** Every micro-credential that was published before this instant is known here. */
  factsCompleteUntil: Date | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IntakeKeys,
    private readonly settings: IntakeSettings,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Never throws. A group that fails is tried again one by one, so that what makes it fail harms itself only. */
  async run(tasks: readonly Task[]): Promise<void> {
    try {
      const answers = await this.commit((work) => processGroup(work, groupOf(tasks)));
      let next = 0;
      for (const task of tasks) task.done('arrival' in task ? answers[next++]! : VISITED);
    } catch (error) {
      if (isTransient(error)) return this.putOff(tasks, error);
      if (tasks.length === 1) return this.refuse(tasks[0]!, error);
      this.logger.warn({ records: tasks.length, err: error }, 'A group of records failed; its records are tried one by one');
      for (const task of tasks) await this.run([task]);
    }
  }

  private async refuse(task: Task, cause: unknown): Promise<void> {
    const subject = 'arrival' in task ? { submissionId: task.arrival.submissionId } : { institution: task.revisit.institutionCode };
    this.logger.error({ ...subject, err: cause }, 'A record could not be processed');
    try {
      if ('arrival' in task) task.done(await this.commit((work) => refuseUnprocessed(work, task.arrival)));
      else task.done((await this.commit((work) => refuseWaiting(work, task.revisit)), VISITED));
    } catch (error) {
      this.putOff([task], error);
    }
  }

  private putOff(tasks: readonly Task[], cause: unknown): void {
    this.logger.error({ records: tasks.length, err: cause }, 'Records could not be stored; their senders are asked to come back');
    for (const task of tasks) task.failed(new Refusal('UNAVAILABLE', 'The records could not be stored. Send them again, unchanged.', { retryAfterSeconds: 2 }));
  }

  private commit<T>(decide: (work: Work) => Promise<T>): Promise<T> {
    return this.unitOfWork.run((tx) => decide(this.workIn(tx)));
  }

  private workIn(tx: EventfulTransaction): Work {
    const now = this.clock.now();
    const moment: Moment = { now, today: dayInBritishColumbia(now), factsCompleteUntil: this.factsCompleteUntil, patience: this.settings };
    return { tx, keys: this.keys, moment };
  }
}

const groupOf = (tasks: readonly Task[]): Group => ({
  arrivals: tasks.flatMap((task) => ('arrival' in task ? [task.arrival] : [])),
  revisits: tasks.flatMap((task) => ('revisit' in task ? [task.revisit] : [])),
});
