import { Child } from './processes/child.ts';
import type { Consuming, Writing } from './processes/protocol.ts';
import type { Named } from './trial/checker.ts';
import { PreparedTrial } from './trial/trial.ts';
import type { Trial } from './trial/trial.ts';

/**
 * The processes of a suite: two that write and two that consume, none of them this one. They live through all its
 * cases; one that was killed is replaced. Each case has a database of its own.
 */
export class Stage {
  readonly acknowledged: Named[] = [];
  readonly reacting: string[] = [];
  readonly #carrier: string;
  #producers: Child[] = [];
  #consumers: Child[] = [];
  #prepared: PreparedTrial | undefined;
  #trial: Trial | undefined;

  constructor(carrier: URL) {
    this.#carrier = carrier.href;
  }

  get trial(): Trial {
    return this.#trial!;
  }

  get producers(): readonly [Child, Child] {
    return this.#producers as unknown as [Child, Child];
  }

  get consumers(): readonly [Child, Child] {
    return this.#consumers as unknown as [Child, Child];
  }

  async open(): Promise<void> {
    [this.#prepared, this.#producers, this.#consumers] = await Promise.all([
      PreparedTrial.open(),
      Promise.all([this.#newProducer(), this.#newProducer()]),
      Promise.all([this.#newConsumer(), this.#newConsumer()]),
    ]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#producers, ...this.#consumers].map((child) => child.kill()));
    await this.#prepared?.close();
  }

  /** An empty database and nothing told yet. */
  async begin(): Promise<void> {
    this.acknowledged.length = 0;
    this.reacting.length = 0;
    this.#trial = await this.#prepared!.copy();
  }

  /** Stops what still runs, replaces what was killed, drops the database. */
  async end(): Promise<void> {
    const rest = async (child: Child, replace: () => Promise<Child>): Promise<Child> => {
      if (child.alive) await child.ask('stopAll', {});
      return child.alive ? child : replace();
    };
    [this.#producers, this.#consumers] = await Promise.all([
      Promise.all(this.#producers.map((child) => rest(child, () => this.#newProducer()))),
      Promise.all(this.#consumers.map((child) => rest(child, () => this.#newConsumer()))),
    ]);
    await this.#trial?.close();
  }

  /** A new process in the place of one that was killed, or is killed now. */
  async replaceConsumer(index: 0 | 1): Promise<Child> {
    await this.#consumers[index]!.kill();
    return (this.#consumers[index] = await this.#newConsumer());
  }

  async replaceProducer(index: 0 | 1): Promise<Child> {
    await this.#producers[index]!.kill();
    return (this.#producers[index] = await this.#newProducer());
  }

  write(producer: Child, writing: Omit<Writing, 'urls'>): Promise<{ acknowledged: number; refused: number }> {
    return producer.ask('write', { ...writing, urls: this.trial.urls });
  }

  /** One that is to die may do so before it has said that it started. */
  async consume(consumer: Child, consuming: Omit<Consuming, 'urls'>): Promise<void> {
    await consumer.ask('start', { ...consuming, urls: this.trial.urls }).catch((error: unknown) => {
      if (!consuming.dieAt || consumer.alive) throw error;
    });
  }

  async #newProducer(): Promise<Child> {
    const child = await Child.start('producer-process.ts', this.#carrier);
    child.onNote((note) => 'acknowledged' in note && this.acknowledged.push(note.acknowledged));
    return child;
  }

  async #newConsumer(): Promise<Child> {
    const child = await Child.start('consumer-process.ts', this.#carrier);
    child.onNote((note) => 'reacting' in note && this.reacting.push(note.reacting));
    return child;
  }
}
