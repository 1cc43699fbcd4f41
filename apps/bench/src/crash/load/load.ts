import { setTimeout as delay } from 'node:timers/promises';
import type { Ledger, ToldOutcome } from './ledger.ts';
import { lifeOf } from './lives.ts';
import type { Issuer, Life, SentEvent } from './lives.ts';

/** A way for one institution to send. Resolves when the registry has answered for all of the events. */
export interface Door {
  send(events: readonly SentEvent[]): Promise<void>;
  /** Learns what became of everything that was not decided when it was answered. */
  learnOutcomes(): Promise<void>;
  /** What stands on the institution's outcome topic, where this way has one. */
  told?(): Promise<ToldOutcome[]>;
  close?(): Promise<void>;
}

export interface Sender {
  readonly issuer: Issuer;
  readonly door: Door;
}

const LIVES_AT_ONCE = [1, 1, 3, 10, 40];

/**
 * Institutions that send without a rest as far as they are let. Each sender takes some awards in hand, sends the first record of each together,
 * then the second, and so on; it takes the next awards when all were answered.
 */
export class Load {
  readonly #run: string;
  readonly #ledger: Ledger;
  readonly #random: () => number;
  readonly #working: Promise<void>[];
  /** So many awards may be begun. */
  allowed = 0;
  #begun = 0;
  #ended = false;

  constructor(parts: { run: string; senders: readonly Sender[]; ledger: Ledger; random: () => number }) {
    this.#run = parts.run;
    this.#ledger = parts.ledger;
    this.#random = parts.random;
    this.#working = parts.senders.map((sender) => this.#work(sender));
  }

  /** Awards of which every record was answered. */
  get finished(): number {
    return this.#ledger.lives.length;
  }

  /** Begins no more awards than are allowed now. Resolves when those that were begun are answered for. */
  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#working);
  }

  async #work({ issuer, door }: Sender): Promise<void> {
    for (;;) {
      const lives = this.#next(issuer);
      if (lives.length > 0) await this.#live(lives, door);
      else if (this.#ended) return;
      else await delay(10);
    }
  }

  #next(issuer: Issuer): Life[] {
    const wanted = LIVES_AT_ONCE[Math.floor(this.#random() * LIVES_AT_ONCE.length)]!;
    const count = Math.max(0, Math.min(wanted, this.allowed - this.#begun));
    return Array.from({ length: count }, () => lifeOf(this.#run, this.#begun++, issuer, this.#random));
  }

  async #live(lives: readonly Life[], door: Door): Promise<void> {
    for (let step = 0; lives.some(({ sends }) => sends.length > step); step++) {
      await door.send(lives.flatMap(({ sends }) => sends.slice(step, step + 1)));
    }
    this.#ledger.lives.push(...lives);
  }
}
