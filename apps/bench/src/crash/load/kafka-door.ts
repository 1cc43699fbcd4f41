import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { LearnerEncryptionKeys, SUBMIT_AWARD, encryptLearner, inboundTopicOf, kafkaRecord, outcomeTopicOf } from '@mcr/contracts';
import type { LearnerEncryptionKey, SubmitAward } from '@mcr/contracts';
import { publisherClientId } from '@mcr/identity';
import type { TokenSource } from '@mcr/identity';
import { RecordWriter, TopicTail, extentOf } from '@mcr/messaging/kafka-records';
import type { KafkaConnection } from '@mcr/messaging/kafka-records';
import { soon } from '../../harness/bench-province.ts';
import { GIVE_UP_AFTER_MS } from './http-door.ts';
import type { Ledger, State, ToldOutcome } from './ledger.ts';
import type { Door } from './load.ts';
import type { SentEvent } from './lives.ts';

const PAUSE_MS = 300;
const READ_WITHIN_MS = 120_000;
const silence = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface KafkaDoorParts {
  readonly url: string;
  readonly institutionsBroker: string;
  readonly institution: string;
  readonly tokens: TokenSource;
  readonly ledger: Ledger;
}

/** How one institution sends over Kafka: until all replicas have it, the same records again. What became of them it reads from its outcome topic. */
export class KafkaDoor implements Door {
  readonly #parts: KafkaDoorParts;
  readonly #connection: KafkaConnection;
  readonly #writer: RecordWriter;
  #key: Promise<LearnerEncryptionKey> | undefined;

  constructor(parts: KafkaDoorParts) {
    this.#parts = parts;
    const sasl = { token: () => parts.tokens.token() };
    this.#connection = { brokers: [parts.institutionsBroker], clientId: `bench-${parts.institution}`, log: silence, sasl };
    this.#writer = new RecordWriter(this.#connection);
  }

  async send(events: readonly SentEvent[]): Promise<void> {
    const { institution, ledger } = this.#parts;
    const records = await Promise.all(events.map(async (event) => kafkaRecord((await this.#sealed(event)) as never, event.subject)));
    for (const until = Date.now() + GIVE_UP_AFTER_MS; Date.now() < until; await delay(PAUSE_MS * (0.5 + Math.random()))) {
      try {
        await this.#writer.write(inboundTopicOf(institution), records);
        for (const { id } of events) ledger.keep({ institution, eventId: id, state: 'PENDING' });
        return;
      } catch {
        // Whether any of them is there is not known here.
        ledger.retries += 1;
      }
    }
    ledger.refused.push(`${institution} cannot write to its topic`);
  }

  /** Reads the outcome topic from its beginning to where it ends now, as often as something that was sent has no outcome there. */
  async learnOutcomes(): Promise<void> {
    const { institution, ledger } = this.#parts;
    let failure = 'some of its records have no outcome there';
    for (const until = Date.now() + READ_WITHIN_MS; Date.now() < until; await delay(PAUSE_MS)) {
      const told = await this.#readAll(outcomeTopicOf(institution)).catch((error: Error) => ((failure = error.message), []));
      const known = new Set(told.map(({ eventId }) => eventId));
      if (ledger.undecided(institution).some(({ eventId }) => !known.has(eventId))) continue;
      for (const { eventId, submissionId, state } of told) ledger.keep({ institution, eventId, submissionId, state });
      return;
    }
    ledger.refused.push(`${institution} on Kafka: ${failure}`);
  }

  /** Everything that the institution was told on its topic until now, in order. */
  async told(): Promise<ToldOutcome[]> {
    const { institution } = this.#parts;
    const told = await soon(() => this.#readAll(outcomeTopicOf(institution)), READ_WITHIN_MS);
    return told.map(({ eventId, submissionId, state }) => ({ institution, eventId, submissionId, state }));
  }

  async close(): Promise<void> {
    await this.#writer.close();
  }

  async #readAll(topic: string): Promise<{ eventId: string; submissionId: string; state: State }[]> {
    const { first, next } = await extentOf(this.#connection, topic);
    if (first === next) return [];
    const told: { eventId: string; submissionId: string; state: State }[] = [];
    await new Promise<void>((resolve, reject) => {
      const tail = new TopicTail({
        connection: this.#connection,
        groupId: `${publisherClientId(this.#parts.institution)}:${randomUUID()}`,
        topic,
        onRecord: ({ offset, value }) => {
          told.push(JSON.parse(value!.toString()) as (typeof told)[number]);
          if (BigInt(offset) + 1n >= BigInt(next)) tail.close().then(resolve, reject);
        },
        onEnd: reject,
      });
      tail.start(first).catch(reject);
    });
    return told;
  }

  /** On Kafka the learner of a submission is encrypted to the registry. */
  async #sealed(event: SentEvent): Promise<object> {
    if (event.type !== SUBMIT_AWARD) return event;
    this.#key ??= this.#fetchKey();
    const { learner, ...data } = event.data as unknown as SubmitAward;
    return { ...event, data: { ...data, learner: await encryptLearner(learner, await this.#key) } };
  }

  #fetchKey(): Promise<LearnerEncryptionKey> {
    return soon(async () => LearnerEncryptionKeys.parse(await (await fetch(`${this.#parts.url}/awards/encryption-keys`)).json()).keys[0]!, 120_000);
  }
}
