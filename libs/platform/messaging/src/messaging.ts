import type { Topic } from '@mcr/event-kit';
import type { Carrier, LogSource, Subscription } from './carrier/carrier.ts';
import type { MessagingLog } from './messaging-log.ts';
import { Operating } from './operating/operating.ts';
import { createCheckpoints } from './processing/checkpoints.ts';
import { DeliveryInbox } from './processing/delivery/delivery-inbox.ts';
import type { Fault, Inbox, InboxParts } from './processing/inbox.ts';
import { contextFor, reactToEntries } from './processing/react-to-entries.ts';
import type { Reactor } from './processing/reactor.ts';
import { TransactionalInbox } from './processing/transactional/transactional-inbox.ts';
import { ReactionServer } from './reactions/reaction-server.ts';
import { consumerOf, topicsOf } from './reactions/consumer.ts';
import type { ConsumerClass, ConsumerDeclaration } from './reactions/consumer.ts';
import type { AtFaultPoint, UnitOfWork } from './unit-of-work.ts';

/** How far one consumer is behind one topic's owner. */
export interface ConsumerLag {
  readonly consumer: string;
  readonly topic: string;
  /** Events that are in the log and not yet processed. */
  readonly behind: number;
  readonly lastAppendedAt: Date | undefined;
}

export interface MessagingOptions {
  readonly unitOfWork: UnitOfWork;
  readonly carrier: Carrier;
  readonly log: MessagingLog;
  readonly atFaultPoint?: AtFaultPoint;
}

interface ServedConsumer {
  readonly declaration: ConsumerDeclaration;
  readonly parts: InboxParts;
  readonly inbox: Inbox;
  readonly subscription: Subscription;
}

/** The consumers of one service, and how they stand. */
export class Messaging {
  readonly #options: MessagingOptions;
  readonly #consumers = new Map<string, ServedConsumer>();
  /** What operators may do with these consumers. */
  readonly operating: Operating;

  constructor(options: MessagingOptions) {
    this.#options = options;
    this.operating = new Operating({ ...options, consumer: (name) => this.#consumers.get(name), names: () => [...this.#consumers.keys()] });
  }

  /** The transport that Nest gives the reactions of `consumer` to. */
  serve(consumer: ConsumerClass): ReactionServer {
    const declaration = consumerOf(consumer);
    return new ReactionServer(declaration, (reactor) => this.#subscribe(declaration, reactor));
  }

  async #subscribe(declaration: ConsumerDeclaration, reactor: Reactor): Promise<Subscription> {
    const { unitOfWork, carrier } = this.#options;
    await createCheckpoints(unitOfWork.database, declaration.name, topicsOf(declaration));
    const apply: InboxParts['apply'] = (entries, tx) => reactToEntries(reactor, entries, contextFor(declaration, tx));
    const parts: InboxParts = { declaration, reactor, apply, ...this.#options };
    const inbox: Inbox = declaration.kind === 'delivery' ? new DeliveryInbox(parts) : new TransactionalInbox(parts);
    const subscription = await carrier.subscribe(inbox);
    this.#consumers.set(declaration.name, { declaration, parts, inbox, subscription });
    return {
      faults: () => subscription.faults(),
      close: async () => {
        inbox.stop?.();
        await subscription.close();
        await inbox.close?.();
      },
    };
  }

  /** What stands still and will not go on by itself. */
  faults(): Fault[] {
    return [...this.#consumers.values()].flatMap(({ subscription }) => subscription.faults());
  }

  async lag(): Promise<ConsumerLag[]> {
    const lags: ConsumerLag[] = [];
    for (const { declaration, inbox } of this.#consumers.values()) {
      for (const topic of inbox.topics) {
        const source = this.#options.carrier.sourceOf(topic.name);
        lags.push({
          consumer: declaration.name,
          topic: topic.name,
          behind: await this.#behind(inbox, topic, source),
          lastAppendedAt: await source.lastAppendedAt(topic.name),
        });
      }
    }
    return lags;
  }

  /**
   * Has this consumer done everything that the topic's owner had written when this was called, with nothing set aside?
   * Then what it has not seen by now was not written before.
   */
  async caughtUp(consumer: string, topic: Topic): Promise<boolean> {
    const known = this.#consumers.get(consumer);
    if (!known) return false;
    if ((await this.#behind(known.inbox, topic, this.#options.carrier.sourceOf(topic.name))) > 0) return false;
    const [row] = await this.#options.unitOfWork.database.query<{ open: boolean }>(
      'select exists (select from dead_letter where consumer = $1 and topic = $2) as open',
      [consumer, topic.name],
    );
    return !row!.open;
  }

  async #behind(inbox: Inbox, topic: Topic, source: LogSource): Promise<number> {
    const heads = (await source.heads()).filter((head) => head.topic === topic.name);
    const positions = new Map((await inbox.positions()).filter((p) => p.topic === topic.name).map((p) => [p.partition, p.pos]));
    return heads.reduce((sum, head) => sum + Math.max(0, head.pos - (positions.get(head.partition) ?? 0)), 0);
  }
}
