import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Database, EmbeddedPostgres } from '@mcr/database';
import type { Carrier } from '@mcr/messaging';
import type { Logger } from '../logger.ts';
import type { RegistryDatabase } from '../nest/tokens.ts';
import { ConsumerStart } from './consumers.ts';
import type { ServiceParts } from './service-parts.ts';

/** What was opened so far. Closed in the opposite order, whether the start succeeded or not. */
export class OpenedParts {
  app: NestFastifyApplication | undefined;
  carrier: Carrier | undefined;
  readonly services: ServiceParts[] = [];
  readonly databases: Database[] = [];
  registry: RegistryDatabase | undefined;
  postgres: EmbeddedPostgres | undefined;
  readonly consumers: ConsumerStart;

  constructor(private readonly log: Logger) {
    this.consumers = new ConsumerStart(log);
  }

  /** Stops intake, lets the batches in hand finish, and closes the database last. A part that fails does not keep the next from closing. */
  async close(): Promise<void> {
    this.consumers.stop();
    await this.#step('HTTP and consumers', () => this.app?.close());
    await this.#step('carrier', () => this.carrier?.close());
    for (const database of this.databases) await this.#step(`database of ${database.service}`, () => database.close());
    await this.#step('registry database', () => this.registry?.close());
    await this.#step('PostgreSQL', () => this.postgres?.stop());
    this.log.flush();
  }

  async #step(part: string, close: () => Promise<unknown> | undefined): Promise<void> {
    try {
      await close();
    } catch (error) {
      this.log.error({ part, err: error }, 'A part did not close cleanly');
    }
  }
}
