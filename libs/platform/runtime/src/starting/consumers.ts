import type { INestMicroservice } from '@nestjs/common';
import type { Logger } from '../logger.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

interface Starting {
  readonly consumer: string;
  readonly microservice: INestMicroservice;
  state: 'not started' | 'starting' | 'running';
}

/** Starts the consumers of a process: at once where all they need is here, patiently where Kafka and other services may be away. */
export class ConsumerStart {
  readonly #starting: Starting[] = [];
  readonly #log: Logger;
  #stopped = false;
  #wake = (): void => undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  add(consumer: string, microservice: INestMicroservice): void {
    this.#starting.push({ consumer, microservice, state: 'not started' });
  }

  /** The consumers of a service that do not run yet. */
  waiting(names: readonly string[]): string[] {
    return this.#starting.filter(({ consumer, state }) => state !== 'running' && names.includes(consumer)).map(({ consumer }) => consumer);
  }

  /** @throws what kept one of them from starting. */
  async now(): Promise<void> {
    await Promise.all(this.#starting.map((one) => this.#start(one)));
  }

  /** Starts each as soon as it can be, and returns at once. */
  patiently(): void {
    for (const one of this.#starting) void this.#tryUntilItRuns(one);
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async #start(one: Starting): Promise<void> {
    one.state = 'starting';
    await one.microservice.listen();
    one.state = 'running';
  }

  async #tryUntilItRuns(one: Starting): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.#stopped; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return await this.#start(one);
      } catch (error) {
        if (this.#stopped) return;
        this.#log.warn({ consumer: one.consumer, err: error }, 'A consumer cannot start yet; trying again');
        await this.#pause(pause);
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#wake;
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        before();
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
