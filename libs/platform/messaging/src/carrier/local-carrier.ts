import type { Inbox } from '../processing/inbox.ts';
import type { MessagingLog } from '../messaging-log.ts';
import type { Carrier, LogSource, Subscription } from './carrier.ts';
import { InboxWorker } from './inbox-worker.ts';
import { LogPoller } from './log-poller.ts';

/**
 * Carries events straight from the owners' logs. Each log is read with its owner's connection and processed with the consumer's,
 * so that nobody needs a right on another service's schema. Idle consumers hold no connection.
 */
export class LocalCarrier implements Carrier {
  readonly #log: MessagingLog;
  readonly #sources = new Map<string, LogSource>();
  readonly #pollers: LogPoller[] = [];
  readonly #workers = new Set<InboxWorker>();

  constructor(log: MessagingLog) {
    this.#log = log;
  }

  carry(log: LogSource): void {
    for (const { name } of log.topics) this.#sources.set(name, log);
    const poller = new LogPoller(log, this.#log, (heads) => {
      for (const worker of this.#workers) worker.notice(heads);
    });
    this.#pollers.push(poller);
    poller.start();
  }

  sourceOf(topic: string): LogSource {
    const source = this.#sources.get(topic);
    if (!source) throw new Error(`No log of topic ${topic} is carried in this process.`);
    return source;
  }

  async subscribe(inbox: Inbox): Promise<Subscription> {
    for (const { name } of inbox.topics) this.sourceOf(name);
    const worker = new InboxWorker(inbox, (topic) => this.sourceOf(topic), this.#log);
    await worker.start();
    this.#workers.add(worker);
    this.wake(new Set(inbox.topics.map(({ name }) => name)));
    return {
      faults: () => worker.faults(),
      close: async () => {
        this.#workers.delete(worker);
        await worker.close();
      },
    };
  }

  wake(topics: ReadonlySet<string>): void {
    for (const poller of this.#pollers) if (poller.owns(topics)) poller.wake();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await Promise.all(this.#pollers.map((poller) => poller.close()));
  }
}
