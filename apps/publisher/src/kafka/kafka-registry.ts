import { randomUUID } from 'node:crypto';
import { LearnerEncryptionKeys, inboundTopicOf, outcomeTopicOf, type KafkaRecord, type LearnerEncryptionKey } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';
import { TokenSource, type ClientIdentity } from '@mcr/identity';
import { KafkaTrouble, RecordWriter, TopicTail, extentOf, type KafkaConnection, type ReceivedRecord } from '@mcr/messaging/kafka-records';
import { CannotRun } from '../cannot-run.ts';
import { patiently, TryAgain } from '../sending/patience.ts';

/** The outcome of an event, as far as the report needs it. */
export interface TopicOutcome {
  readonly eventId: string;
  readonly state: 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';
  readonly errors?: readonly Fault[];
}

export interface KafkaPlace {
  readonly institution: string;
  readonly client: ClientIdentity;
  readonly brokers: readonly string[];
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The registry as an institution reaches it on Kafka: a topic in, a topic out, and the key to which learners are encrypted. */
export class KafkaRegistry {
  readonly #place: KafkaPlace;
  readonly #connection: KafkaConnection;
  readonly #writer: RecordWriter;
  readonly #patienceMs: number;
  #tail: TopicTail | undefined;
  #ended: CannotRun | undefined;

  constructor(place: KafkaPlace, patienceMs = 60_000) {
    const tokens = new TokenSource(place.client);
    this.#place = place;
    this.#patienceMs = patienceMs;
    this.#connection = { brokers: place.brokers, clientId: place.client.clientId, log: silent, sasl: { token: () => tokens.token() } };
    this.#writer = new RecordWriter(this.#connection);
  }

  /** @throws CannotRun when the registry does not show its key. */
  encryptionKey(): Promise<LearnerEncryptionKey> {
    const address = `${this.#place.client.url}/awards/encryption-keys`;
    return patiently(async () => {
      const response = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => {
        throw new TryAgain(`The registry at ${this.#place.client.url} does not answer.`);
      });
      if (response.status >= 500 || response.status === 429) throw new TryAgain(`The registry answered ${response.status}.`);
      const answer = LearnerEncryptionKeys.safeParse(await response.json().catch(() => undefined));
      if (!response.ok || !answer.success) throw new CannotRun(`The registry shows no key to encrypt learners with at ${address}.`);
      return answer.data.keys[0]!;
    }, this.#patienceMs);
  }

  /** Hears every outcome from now on. Returns how to hear those of before as well. */
  async listen(hear: (outcome: TopicOutcome) => void): Promise<{ lookBack(): void }> {
    const topic = outcomeTopicOf(this.#place.institution);
    return this.#patiently(async () => {
      const { first, next } = await extentOf(this.#connection, topic);
      const tail = new TopicTail({
        connection: this.#connection,
        topic,
        groupId: `${this.#place.client.clientId}:publisher-${randomUUID()}`,
        onRecord: (record) => readOutcome(record, hear),
        onEnd: (error) => (this.#ended = this.#asCannotRun(error)),
      });
      await tail.start(next);
      this.#tail = tail;
      return { lookBack: () => tail.goTo(first) };
    });
  }

  /** @throws CannotRun when outcomes cannot be read any more. */
  requireHearing(): void {
    if (this.#ended) throw this.#ended;
  }

  /** Resolves when Kafka keeps the records. Sending them again is safe. */
  async write(records: readonly KafkaRecord[]): Promise<void> {
    await this.#patiently(() => this.#writer.write(inboundTopicOf(this.#place.institution), records));
  }

  async close(): Promise<void> {
    await this.#tail?.close();
    await this.#writer.close();
  }

  #patiently<T>(request: () => Promise<T>): Promise<T> {
    return patiently(async () => {
      try {
        return await request();
      } catch (error) {
        if (error instanceof KafkaTrouble && error.kind === 'UNREACHABLE') throw new TryAgain(this.#inWords(error));
        throw this.#asCannotRun(error);
      }
    }, this.#patienceMs);
  }

  #asCannotRun(error: unknown): CannotRun {
    return new CannotRun(error instanceof KafkaTrouble ? this.#inWords(error) : String(error));
  }

  #inWords({ kind, message }: KafkaTrouble): string {
    const { institution, client, brokers } = this.#place;
    switch (kind) {
      case 'UNREACHABLE':
        return `Kafka does not answer at ${brokers.join(', ')}. Name its address for institutions with --brokers.`;
      case 'UNAUTHENTICATED':
        return `Kafka does not take the access token of "${client.clientId}": it trusts another sign-in, or the clocks differ.`;
      case 'FORBIDDEN':
        return `"${client.clientId}" may not use the topics of ${institution}: the client is of another institution or was revoked, or the institution is suspended.`;
      case 'NO_TOPIC':
        return `${institution} has no topics on this Kafka. They are made when its first client is registered.`;
      case 'TOO_LARGE':
        return message;
    }
  }
}

/** What is no outcome is passed over: a later release may write other things beside. */
function readOutcome({ value }: ReceivedRecord, hear: (outcome: TopicOutcome) => void): void {
  try {
    const outcome = JSON.parse(value?.toString() ?? '') as Partial<TopicOutcome>;
    if (typeof outcome.eventId === 'string' && typeof outcome.state === 'string') hear(outcome as TopicOutcome);
  } catch {
    return;
  }
}
