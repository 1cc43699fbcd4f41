import { setTimeout as pause } from 'node:timers/promises';
import type { LearnerEncryptionKey } from '@mcr/contracts';
import type { SendableRecord } from '../mapping/to-events.ts';
import type { Outcome } from '../report/outcome.ts';
import type { Progress, Terminal } from '../report/terminal.ts';
import { forTheTopic, portionsOf } from './for-the-topic.ts';
import type { KafkaRegistry, TopicOutcome } from './kafka-registry.ts';

const LOOK_EVERY_MS = 100;
/** Nothing heard for so long: the rest may have had their outcome when the file was published before. */
const LOOK_BACK_AFTER_MS = 3_000;
const PATIENCE_MS = 60_000;

/** The outcomes of these records that were heard so far. */
class Heard {
  readonly outcomes = new Map<string, TopicOutcome>();
  lastNews = Date.now();
  progress: Progress | undefined;
  readonly #awaited: ReadonlySet<string>;

  constructor(records: readonly SendableRecord[]) {
    this.#awaited = new Set(records.map(({ event }) => event.id));
  }

  readonly hear = (outcome: TopicOutcome): void => {
    if (!this.#awaited.has(outcome.eventId) || this.outcomes.has(outcome.eventId)) return;
    this.outcomes.set(outcome.eventId, outcome);
    this.lastNews = Date.now();
    this.progress?.advance(1);
  };

  get isComplete(): boolean {
    return this.outcomes.size === this.#awaited.size;
  }

  get quietMs(): number {
    return Date.now() - this.lastNews;
  }
}

/** Writes everything in order to the inbound topic, and reads the outcome topic until every record has its outcome, or nothing comes for a minute. */
export async function publishOnKafka(
  registry: KafkaRegistry,
  records: readonly SendableRecord[],
  { wait }: { wait: boolean },
  terminal: Terminal,
): Promise<Outcome[]> {
  const heard = new Heard(records);
  try {
    const key = await registry.encryptionKey();
    const { lookBack } = await registry.listen(heard.hear);
    await writeAll(registry, records, key, terminal);
    if (wait) await hearAll(registry, heard, records.length, lookBack, terminal);
  } finally {
    await registry.close();
  }
  return records.map(({ record, event }): Outcome => {
    const outcome = heard.outcomes.get(event.id);
    return { record, state: outcome?.state ?? 'PENDING', faults: outcome?.errors ?? [] };
  });
}

async function writeAll(registry: KafkaRegistry, records: readonly SendableRecord[], key: LearnerEncryptionKey, terminal: Terminal): Promise<void> {
  const progress = terminal.progress('publishing', records.length);
  for (const portion of portionsOf(records)) {
    await registry.write(await Promise.all(portion.map((record) => forTheTopic(record, key))));
    progress.advance(portion.length);
  }
  progress.finish();
}

async function hearAll(registry: KafkaRegistry, heard: Heard, records: number, lookBack: () => void, terminal: Terminal): Promise<void> {
  heard.progress = terminal.progress('waiting', records);
  heard.progress.advance(heard.outcomes.size);
  heard.lastNews = Date.now();
  for (let hasLookedBack = false; !heard.isComplete && heard.quietMs < PATIENCE_MS; await pause(LOOK_EVERY_MS)) {
    registry.requireHearing();
    if (hasLookedBack || heard.quietMs < LOOK_BACK_AFTER_MS) continue;
    hasLookedBack = true;
    lookBack();
  }
  heard.progress.finish();
}
