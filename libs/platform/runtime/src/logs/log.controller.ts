import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { Refusal } from '@mcr/event-kit';
import { TokenVerifier, authorise } from '@mcr/identity';
import type { EventLog, LogEntry } from '@mcr/messaging';
import { z } from 'zod';

/** The logs of the services in this process, by the service that owns each. */
export class OwnLogs extends Map<string, EventLog> {}

/** An answer is cut here, after at least one entry: the reader comes again. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

const Place = z.object({
  topic: z.string(),
  partition: z.coerce.number().int().min(0),
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});

function fitting(entries: readonly LogEntry[]): LogEntry[] {
  let bytes = 0;
  const end = entries.findIndex(({ event }, index) => (bytes += Buffer.byteLength(event)) > LARGEST_ANSWER && index > 0);
  return entries.slice(0, end < 0 ? entries.length : end);
}

/**
 * What this process's services wrote, for other services (gaps, lost offsets, rebuilds, comparisons) and for administrators.
 * An internal face: nothing outside reaches it.
 */
@Controller('log')
export class LogController {
  readonly #logs: OwnLogs;
  readonly #verifier: TokenVerifier;

  constructor(logs: OwnLogs, verifier: TokenVerifier) {
    this.#logs = logs;
    this.#verifier = verifier;
  }

  @Get('heads')
  async heads(@Headers('authorization') authorization: string | undefined) {
    await this.#admit(authorization);
    return {
      logs: await Promise.all(
        [...this.#logs].map(async ([service, log]) => {
          const heads = await log.heads();
          const appended = await Promise.all(log.topics.map(async ({ name }) => [name, (await log.lastAppendedAt(name))?.toISOString() ?? null] as const));
          return { service, logId: await log.identity(), heads, lastAppendedAt: Object.fromEntries(appended) };
        }),
      ),
    };
  }

  @Get(':topic/:partition')
  async entries(@Headers('authorization') authorization: string | undefined, @Param() where: object, @Query() which: object) {
    await this.#admit(authorization);
    const place = Place.safeParse({ ...where, ...which });
    const log = place.success ? [...this.#logs.values()].find(({ topics }) => topics.some(({ name }) => name === place.data.topic)) : undefined;
    if (!place.success) throw new Refusal('MALFORMED_REQUEST', 'Expected /log/TOPIC/PARTITION?after=POSITION&limit=1 to 500.');
    if (!log) throw new Refusal('NOT_FOUND', 'No service of this process owns that topic.');
    const { topic, partition, after, limit } = place.data;
    await log.heads(); // the log may have been emptied or restored since its identity was last read
    const entries = fitting(await log.readAfter([{ topic, partition, pos: after }], limit));
    return {
      logId: await log.identity(),
      entries: entries.map(({ pos, key, type, event, hash }) => ({ pos, key, type, event, hash: hash.toString('base64') })),
    };
  }

  async #admit(authorization: string | undefined): Promise<void> {
    authorise(await this.#verifier.verify(authorization), 'log:read');
  }
}
