import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Database } from '@mcr/database';
import type { GraphFact } from '../domain/facts/graph-fact.ts';
import { graphHead } from '../storage/graph-numbers.ts';
import { changesAfter, readWholeGraph } from '../storage/read-graph.ts';

/** So many facts are told at once, and for so long before others have a turn. */
const PIECE = 20;
const AT_A_TIME_MS = 5;

/** What is kept up to date: an engine, here or in a worker. */
export interface GraphListener {
  /** Everything is told anew from here on. */
  forget(): void;
  tell(facts: readonly GraphFact[]): void;
}

/**
 * Tells a listener every fact as it stands in the tables: all of them once, then what changed since, by the numbers of the changes. All that
 * was committed before `catchUp` is called has been told when it ends.
 */
export class GraphFollower {
  readonly #database: Database;
  readonly #listener: GraphListener;
  #reached: { change: number; generation: number } | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<number> | undefined;

  constructor(database: Database, listener: GraphListener) {
    this.#database = database;
    this.#listener = listener;
  }

  /** The number that was reached. Those who wait for a turn share the next one: it begins after they asked. */
  catchUp(): Promise<number> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const turn = this.#advance();
      this.#running = turn.catch(() => undefined);
      return turn;
    });
    return this.#next;
  }

  async #advance(): Promise<number> {
    const newest = await graphHead(this.#database);
    if (this.#reached?.generation !== newest.generation) await this.#readWhole();
    for (let isLast = this.#reached!.change >= newest.change; !isLast;) {
      const changes = await changesAfter(this.#database, this.#reached!.change);
      await this.#tellInPieces(changes.facts);
      this.#reached = { ...this.#reached!, change: changes.change };
      isLast = changes.isLast;
    }
    return this.#reached!.change;
  }

  async #readWhole(): Promise<void> {
    this.#reached = undefined;
    this.#listener.forget();
    this.#reached = await readWholeGraph(this.#database, (facts) => this.#tellInPieces(facts));
  }

  /** Whoever asks in this process has a turn between pieces. Nobody looks at the engine then: a question about it waits for the whole turn. */
  async #tellInPieces(facts: Iterable<GraphFact>): Promise<void> {
    let [piece, since]: [GraphFact[], number] = [[], performance.now()];
    for (const fact of facts) {
      piece.push(fact);
      if (piece.length < PIECE) continue;
      this.#listener.tell(piece);
      piece = [];
      if (performance.now() - since < AT_A_TIME_MS) continue;
      await setImmediate();
      since = performance.now();
    }
    if (piece.length > 0) this.#listener.tell(piece);
  }
}
