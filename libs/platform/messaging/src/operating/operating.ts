import { Refusal } from '@mcr/event-kit';
import type { Carrier } from '../carrier/carrier.ts';
import type { InboxParts, Inbox } from '../processing/inbox.ts';
import type { ConsumerKind } from '../reactions/consumer.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { readActions, recordAction } from './audit.ts';
import type { Order, RecordedAction } from './audit.ts';
import { askToDiscard, confirmDiscard } from './dead-letters/discard.ts';
import { maskedDetail, maskedEvent } from './dead-letters/masking.ts';
import { redriveChunk } from './dead-letters/redrive.ts';
import type { Redriven } from './dead-letters/redrive.ts';
import { Rebuild } from './rebuild/rebuild.ts';
import type { RebuildPurpose, RebuildState } from './rebuild/rebuild.ts';
import { reconcileWindow } from './reconcile.ts';
import type { Reconciled } from './reconcile.ts';
import { replayPart } from './replay.ts';
import type { Replayed, ReplayFilter } from './replay.ts';
import { countDeadLetters, findDeadLetter, listDeadLetters, listWaitingKeys } from './dead-letters/set-aside.ts';
import type { DeadLetter, LetterFilter, ParkedKey, StoredDeadLetter, WaitingKey } from './dead-letters/set-aside.ts';
import { EditedEvent } from './dead-letters/stored-bytes.ts';

/** A consumer of this process, as operators reach it. */
export interface OperatedConsumer {
  readonly parts: InboxParts;
  readonly inbox: Inbox;
}

export interface OperatingOptions {
  readonly unitOfWork: UnitOfWork;
  readonly carrier: Carrier;
  readonly consumer: (name: string) => OperatedConsumer | undefined;
  readonly names: () => string[];
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** A consumer as operators see it. */
export interface StandingConsumer {
  readonly name: string;
  readonly kind: ConsumerKind;
  /** Does it say of which tables it consists? */
  readonly rebuildable: boolean;
  readonly topics: { readonly name: string; readonly partitions: number }[];
}

/** A dead letter with what may be seen of it. */
export interface ShownDeadLetter extends DeadLetter {
  readonly detail: string;
  /** Undefined where what is stored is no event. */
  readonly event?: Record<string, unknown>;
  readonly bytes: number;
}

export interface DeadLetterPage {
  readonly letters: DeadLetter[];
  /** Of all consumers of the service. */
  readonly total: number;
  readonly waiting: WaitingKey[];
}

const PAGE = 100;

/** What operators may do with the consumers of one service. Every act is recorded in its own transaction. */
export class Operating {
  readonly #options: OperatingOptions;

  constructor(options: OperatingOptions) {
    this.#options = options;
  }

  async deadLetters(filter: LetterFilter): Promise<DeadLetterPage> {
    const { database } = this.#options.unitOfWork;
    const letters = await listDeadLetters(database, filter);
    return { letters, total: await countDeadLetters(database), waiting: await listWaitingKeys(database, PAGE) };
  }

  /** @throws Refusal when there is none. */
  async deadLetter(id: string): Promise<ShownDeadLetter> {
    const { event: stored, detail, ...letter } = await this.#letter(id);
    const event = maskedEvent(stored);
    return { ...letter, detail: maskedDetail(detail), bytes: Buffer.byteLength(stored), ...(event ? { event } : {}) };
  }

  actions(limit: number, before?: number): Promise<RecordedAction[]> {
    return readActions(this.#options.unitOfWork.database, limit, before);
  }

  /** The next part of what is set aside of the letter's key, the letter first. Repeat until nothing remains or one fails. */
  async redriveLetter(id: string, order: Order): Promise<Redriven & ParkedKey> {
    const { consumer, topic, key } = await this.#letter(id);
    return this.redriveKey({ consumer, topic, key }, order);
  }

  /** The same for a key whose letter is gone already. */
  async redriveKey(key: ParkedKey, order: Order): Promise<Redriven & ParkedKey> {
    const { parts, inbox } = this.#consumer(key.consumer);
    const source = this.#options.carrier.sourceOf(key.topic);
    try {
      return { ...key, ...(await redriveChunk({ parts, inbox, source }, key, order)) };
    } catch (error) {
      if (error instanceof EditedEvent)
        await this.#options.unitOfWork.run((tx) => recordAction(tx, { ...order, ...key, action: 'REDRIVE_REFUSED', outcome: { edited: error.place } }));
      throw error;
    }
  }

  async askToDiscard(id: string, order: Order): Promise<ParkedKey> {
    const { consumer, topic, key } = await this.#options.unitOfWork.run((tx) => askToDiscard(tx, id, order));
    return { consumer, topic, key };
  }

  /** Drops the one event and begins to redrive what waited behind it. */
  async confirmDiscard(id: string, order: Order): Promise<Redriven & ParkedKey> {
    const { consumer, topic, key, partition } = await this.#letter(id);
    const { inbox } = this.#consumer(consumer);
    const drop = (): Promise<unknown> => this.#options.unitOfWork.run((tx) => confirmDiscard(tx, id, order));
    await (inbox.exclusively ? inbox.exclusively({ topic, partition }, drop) : drop());
    return this.redriveKey({ consumer, topic, key }, order);
  }

  /** @throws Refusal for what is no projection: what a process appended or a delivery sent cannot be done again. */
  async replay(
    where: { readonly consumer: string; readonly topic: string; readonly partition: number },
    filter: ReplayFilter,
    after: number,
    order: Order,
    apply: boolean,
  ): Promise<Replayed> {
    const { parts, inbox } = this.#consumer(where.consumer);
    if (parts.declaration.kind !== 'projection')
      throw new Refusal('ILLEGAL_STATE', `${where.consumer} is a ${parts.declaration.kind}; only projections are replayed.`);
    this.#mustRead(inbox, where);
    return replayPart({ parts, source: this.#options.carrier.sourceOf(where.topic), ...where }, filter, after, order, apply);
  }

  /** Every consumer of this process and where it stands. */
  async consumers(): Promise<StandingConsumer[]> {
    return Promise.all(
      this.#options.names().map(async (name) => {
        const { parts, inbox } = this.#consumer(name);
        const { kind, tables } = parts.declaration;
        return { name, kind, rebuildable: tables !== undefined, topics: inbox.topics.map((topic) => ({ name: topic.name, partitions: topic.partitions })) };
      }),
    );
  }

  /** Compares one window of a partition; the first begins after 0, with a hash of noughts. */
  async reconcile(consumer: string, place: Place, after: number, hash: string): Promise<Reconciled> {
    const { parts, inbox } = this.#consumer(consumer);
    this.#mustRead(inbox, place);
    return reconcileWindow(parts, this.#options.carrier.sourceOf(place.topic), place, after, hash);
  }

  /** The next step of building a projection anew; see `Rebuild`. */
  rebuild(consumer: string, purpose: RebuildPurpose, order: Order, forMs: number): Promise<RebuildState> {
    return new Rebuild(this.#consumer(consumer).parts, this.#options.carrier).step(purpose, order, forMs);
  }

  abandonRebuild(consumer: string, order: Order): Promise<void> {
    return new Rebuild(this.#consumer(consumer).parts, this.#options.carrier).abandon(order);
  }

  #mustRead(inbox: Inbox, { topic, partition }: Place): void {
    const known = inbox.topics.find(({ name }) => name === topic);
    if (!known || partition >= known.partitions) throw new Refusal('NOT_FOUND', `${inbox.consumer} does not read ${topic}/${partition}.`);
  }

  async #letter(id: string): Promise<StoredDeadLetter> {
    const letter = await findDeadLetter(this.#options.unitOfWork.database, id);
    if (!letter) throw new Refusal('NOT_FOUND', 'There is no such dead letter; it may have been redriven or discarded.');
    return letter;
  }

  #consumer(name: string): OperatedConsumer {
    const consumer = this.#options.consumer(name);
    if (!consumer) throw new Refusal('NOT_FOUND', `No consumer ${name} runs here.`);
    return consumer;
  }
}
