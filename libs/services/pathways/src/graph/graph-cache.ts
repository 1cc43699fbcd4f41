import { Database } from '@mcr/database';
import { PathwayEngine } from '@mcr/pathway-engine';
import { Injectable } from '@nestjs/common';
import { tell } from '../domain/facts/graph-fact.ts';
import { GraphFollower } from './graph-follower.ts';

/** The engine of this process, for questions that are answered at once. */
@Injectable()
export class GraphCache {
  #engine = new PathwayEngine();
  readonly #follower: GraphFollower;

  constructor(database: Database) {
    this.#follower = new GraphFollower(database, { forget: () => void (this.#engine = new PathwayEngine()), tell: (facts) => tell(this.#engine, facts) });
  }

  /** The engine with everything that was committed before. Ask it before anything else is awaited: it goes on changing. */
  async upToDate(): Promise<{ engine: PathwayEngine; graphVersion: number }> {
    const graphVersion = await this.#follower.catchUp();
    return { engine: this.#engine, graphVersion };
  }
}
