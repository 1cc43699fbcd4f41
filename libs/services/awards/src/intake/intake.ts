import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Refusal } from '@mcr/event-kit';
import type { SourceAwardKey } from '../storage/submission-store.ts';
import { laneOf, type Arrival, type SentRecord } from './arrival.ts';
import { Arrivals } from './arrivals.ts';
import { GroupRunner, type Task } from './group-runner.ts';
import type { Answer } from './group/process-group.ts';
import { IntakeSettings } from './intake-settings.ts';
import { LaneWorker } from './lane-worker.ts';
import { Pressure } from './pressure.ts';

/** What became of one record so far. */
export interface Taken extends Answer {
  readonly eventId: string;
}

const told = (arrivals: readonly Arrival[], answers: readonly Answer[]): Taken[] => arrivals.map(({ eventId }, index) => ({ eventId, ...answers[index]! }));

/**
 * The one entrance for records, whatever door they came through. Records of one sourceAwardId are always in the same lane and
 * thereby in order and never in two groups at once; what waits at a worker of several lanes goes together in one transaction.
 */
@Injectable()
export class Intake implements OnApplicationShutdown {
  private readonly workers: readonly LaneWorker<Task>[];
  private readonly together = new Set<Promise<unknown>>();
  private closed = false;

  constructor(
    private readonly runner: GroupRunner,
    private readonly arrivals: Arrivals,
    private readonly settings: IntakeSettings,
    private readonly pressure: Pressure,
  ) {
    this.workers = Array.from({ length: settings.workers }, () => new LaneWorker<Task>((tasks) => runner.run(tasks), settings.groupSize));
  }

  /**
   * Takes records and answers in the order given, once all of them are committed. Sending the same again is safe.
   * @throws Refusal TOO_MANY_REQUESTS before anything is stored; UNAVAILABLE when not everything could be.
   */
  async take(records: readonly SentRecord[]): Promise<Taken[]> {
    this.check(records);
    const arrivals = await this.arrivals.of(records);
    const answers = await this.all(arrivals, (arrival, end) => this.give(arrival.lane, { ...end, arrival }));
    return told(arrivals, answers);
  }

  /**
   * The same for records that came together and whose sender asks for no answer to each: they are one group of all lanes, beside the workers.
   * What keeps two processes apart keeps this group and the workers' apart. At most as many as a group takes.
   */
  async takeTogether(records: readonly SentRecord[]): Promise<Taken[]> {
    this.check(records);
    const running = this.takeAsOneGroup(records).finally(() => this.together.delete(running));
    this.together.add(running);
    return running;
  }

  /** Decides again what waits under these sourceAwardIds. Resolves when that is done. */
  async revisit(keys: readonly SourceAwardKey[], factsCompleteUntil?: Date): Promise<void> {
    this.runner.factsCompleteUntil = factsCompleteUntil ?? this.runner.factsCompleteUntil;
    await this.all(keys, (key, end) => this.give(laneOf(key.institutionCode, key.sourceAwardId, ''), { ...end, revisit: key }));
  }

  /** Requests are answered by now; whatever is left is committed before the database closes. */
  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    for (const worker of this.workers) await worker.idle();
    await Promise.allSettled(this.together);
  }

  private async takeAsOneGroup(records: readonly SentRecord[]): Promise<Taken[]> {
    const arrivals = await this.arrivals.of(records);
    const tasks: Task[] = [];
    const answers = this.all(arrivals, (arrival, end) => tasks.push({ ...end, arrival }));
    const [all] = await Promise.all([answers, this.runner.run(tasks)]);
    return told(arrivals, all);
  }

  /** @throws Refusal when no more is taken just now. */
  private check(records: readonly SentRecord[]): void {
    if (this.closed) throw new Refusal('UNAVAILABLE', 'The registry is being shut down.', { retryAfterSeconds: 5 });
    this.pressure.check();
    if (this.workers.some((worker) => worker.length + records.length > this.settings.queueLength)) {
      throw new Refusal('TOO_MANY_REQUESTS', 'Too many records are waiting.', { retryAfterSeconds: 1 });
    }
  }

  private give(lane: number, task: Task): void {
    this.workers[lane % this.workers.length]!.add(task);
  }

  private all<Item>(items: readonly Item[], give: (item: Item, end: Pick<Task, 'done' | 'failed'>) => void): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      const answers: Answer[] = [];
      let open = items.length;
      if (open === 0) resolve(answers);
      items.forEach((item, index) => {
        const done = (answer: Answer) => {
          answers[index] = answer;
          open -= 1;
          if (open === 0) resolve(answers);
        };
        give(item, { done, failed: reject });
      });
    });
  }
}
