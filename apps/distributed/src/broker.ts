import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startKafka } from '@mcr/kafka-broker';
import type { KafkaBroker } from '@mcr/kafka-broker';
import type { Settings } from '@mcr/runtime';

const AUDIENCE = 'urn:bc:mcr:registry';
const LONGEST_PAUSE_MS = 30_000;

/** Our own Kafka, for whoever names no other. It is started again when it dies. */
export class Broker {
  readonly port: number;
  /** Institutions sign in to Kafka with tokens of the registry's own sign-in; the listener for another issuer is another's to configure. */
  readonly institutionsPort: number | undefined;
  readonly #settings: Settings;
  readonly #say: (message: string) => void;
  #kafka: KafkaBroker | undefined;
  #stopping = false;

  constructor(settings: Settings, say: (message: string) => void) {
    const port = (name: string, otherwise: number): number => Number(process.env[name] || otherwise);
    this.port = port('KAFKA_PORT', 9092);
    this.institutionsPort = settings.oidcIssuer ? undefined : port('KAFKA_INSTITUTIONS_PORT', 9094);
    this.#settings = settings;
    this.#say = say;
  }

  get pid(): number | undefined {
    return this.#kafka?.pid;
  }

  /** Resolves when Kafka answers. */
  async start(): Promise<void> {
    const institutions = await this.#institutionsListener();
    if (this.#stopping) return;
    this.#kafka = await startKafka({
      dataDir: join(this.#settings.dataDir, 'kafka'),
      port: this.port,
      ...(institutions ? { institutions } : {}),
      onProgress: this.#say,
    });
    void this.#kafka.ended.then((code) => (this.#stopping ? undefined : this.#startAgain(code)));
  }

  /** The broker asks for the sign-in's keys when it starts, so the gateway must answer first. */
  async #institutionsListener() {
    if (this.institutionsPort === undefined) return undefined;
    const jwksUrl = `${this.#settings.serviceUrlOf('gateway')}/oidc/jwks`;
    while (!this.#stopping && !(await isThere(jwksUrl))) await delay(100);
    return { port: this.institutionsPort, issuer: `${this.#settings.publicUrl}/oidc`, audience: AUDIENCE, jwksUrl };
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#kafka?.stop();
  }

  async #startAgain(code: number | null): Promise<void> {
    this.#say(`Kafka has ended (exit ${code}) and is started again. Publishing goes on meanwhile; events wait in the logs.`);
    for (let pause = 500; !this.#stopping; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return await this.start();
      } catch (error) {
        this.#say(`Kafka does not start: ${(error as Error).message}`);
        await delay(pause);
      }
    }
  }
}

const isThere = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
