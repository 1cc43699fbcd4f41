import type { Topic } from '@mcr/event-kit';
import { SignInError } from '@mcr/identity';
import type { ServiceToken } from '@mcr/identity';
import type { LogEntry, LogHead, LogSource } from '@mcr/messaging';
import { z } from 'zod';
import { ServiceAway, askService } from '../neighbours/ask-service.ts';
import { refusalOfAnswer } from '../neighbours/refusal-of-answer.ts';

const TIMEOUT_MS = 10_000;
const ASKED_AT_ONCE = 4;

const Heads = z.object({
  logs: z.array(
    z.object({
      service: z.string(),
      logId: z.string(),
      heads: z.array(z.object({ topic: z.string(), partition: z.number(), pos: z.number() })),
      lastAppendedAt: z.record(z.string(), z.string().nullable()),
    }),
  ),
});
const Entries = z.object({
  logId: z.string(),
  entries: z.array(z.object({ pos: z.number(), key: z.string(), type: z.string(), event: z.string(), hash: z.base64() })),
});

export interface RemoteLogOptions {
  readonly service: string;
  readonly url: string;
  /** Those of its topics that are read here. */
  readonly topics: readonly Topic[];
  readonly serviceToken: Pick<ServiceToken, 'get'>;
}

/** The log of a service in another process, read through its log face. Fails as a passing fault while that process is away. */
export class RemoteLog implements LogSource {
  readonly topics: readonly Topic[];
  readonly #options: RemoteLogOptions;
  #identity: string | undefined;

  constructor(options: RemoteLogOptions) {
    this.topics = options.topics;
    this.#options = options;
  }

  async identity(): Promise<string> {
    if (this.#identity === undefined) await this.heads();
    return this.#identity!;
  }

  async heads(): Promise<LogHead[]> {
    return (await this.#log()).heads.filter(({ topic }) => this.topics.some(({ name }) => name === topic));
  }

  async readAfter(positions: readonly LogHead[], limit: number): Promise<LogEntry[]> {
    const waiting = [...positions];
    const found: LogEntry[] = [];
    const readNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) found.push(...(await this.#entriesAfter(next, limit)));
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, readNext));
    return found.sort((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition || a.pos - b.pos));
  }

  async lastAppendedAt(topic: string): Promise<Date | undefined> {
    const at = (await this.#log()).lastAppendedAt[topic];
    return at ? new Date(at) : undefined;
  }

  async #log() {
    const { logs } = Heads.parse(await this.#get('heads'));
    const log = logs.find(({ service }) => service === this.#options.service);
    if (!log) throw new Error(`The process at ${this.#options.url} does not have the log of ${this.#options.service}.`);
    this.#identity = log.logId;
    return log;
  }

  async #entriesAfter({ topic, partition, pos }: LogHead, limit: number): Promise<LogEntry[]> {
    const { logId, entries } = Entries.parse(await this.#get(`${topic}/${partition}?after=${pos}&limit=${Math.min(limit, 500)}`));
    this.#identity = logId;
    return entries.map((entry) => ({ topic, partition, ...entry, hash: Buffer.from(entry.hash, 'base64') }));
  }

  async #get(path: string): Promise<unknown> {
    const { service, url, serviceToken } = this.#options;
    const token = await serviceToken.get().catch((error: unknown) => {
      throw error instanceof SignInError ? new ServiceAway('sign-in', error) : error;
    });
    const answer = await askService({ service, url: `${url}/log/${path}`, token, timeoutMs: TIMEOUT_MS });
    if (answer.status !== 200) throw refusalOfAnswer(service, answer);
    return answer.body;
  }
}
