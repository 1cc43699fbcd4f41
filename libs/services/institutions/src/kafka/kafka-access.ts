import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { inboundTopicOf, institutionTopics, outcomeTopicOf } from '@mcr/contracts';
import { Database } from '@mcr/database';
import { BrokerAccess } from '@mcr/messaging/kafka-records';
import { Logger, Settings } from '@mcr/runtime';
import { kafkaGrants, principalOf } from '../domain/kafka-grants.ts';
import { institutionsOnKafka, type InstitutionOnKafka } from '../storage/kafka-clients.ts';

const LONGEST_PAUSE_MS = 10_000;

/**
 * Keeps topics and access rights on the broker as the rows here say. Every event is only a reason to look: what is set is what holds now,
 * so that events which come late, twice or after others do no harm.
 */
@Injectable()
export class KafkaAccess implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly broker: BrokerAccess | undefined;
  private readonly stopping = new AbortController();
  private turn: Promise<void> = Promise.resolve();
  private settingAll: Promise<void> = Promise.resolve();

  constructor(
    { kafka }: Settings,
    private readonly database: Database,
    private readonly log: Logger,
  ) {
    this.broker = kafka && new BrokerAccess({ brokers: kafka.brokers, clientId: 'mcr-institutions-access', log });
  }

  /** A broker that was emptied, or restored, has other rights than it had: everything is set once at each start. */
  onApplicationBootstrap(): void {
    if (this.broker) this.settingAll = this.setAllOnce();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.settingAll;
    await this.turn;
    await this.broker?.close();
  }

  /** @throws KafkaTrouble while the broker is away. */
  async set(institutionCtid: string): Promise<void> {
    const mine = this.turn.then(() => this.bring(institutionCtid));
    this.turn = mine.catch(() => undefined);
    await mine;
  }

  /** Repeats when something changed meanwhile: another process may have set the newer state before the older one was set here. */
  private async bring(ctid: string): Promise<void> {
    let [institution] = await institutionsOnKafka(this.database, ctid);
    while (institution) {
      await this.setAsTheyAre(institution);
      const [now] = await institutionsOnKafka(this.database, ctid);
      if (now?.version === institution.version) return;
      institution = now;
    }
  }

  private async setAsTheyAre(institution: InstitutionOnKafka): Promise<void> {
    const { code, clients } = institution;
    await this.broker!.createMissing([
      { name: inboundTopicOf(code), ...institutionTopics.inbound },
      { name: outcomeTopicOf(code), ...institutionTopics.outcomes },
    ]);
    for (const client of clients) await this.broker!.allowExactly(principalOf(client.clientId), kafkaGrants(institution, client));
  }

  private async setAllOnce(): Promise<void> {
    const { signal } = this.stopping;
    for (let wait = 250; !signal.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        for (const { ctid } of await institutionsOnKafka(this.database)) await this.set(ctid);
        return;
      } catch (error) {
        if (!signal.aborted) this.log.warn({ err: error }, 'Access rights on Kafka cannot be set yet; trying again');
        await pause(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
