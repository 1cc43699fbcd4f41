import type { LogEntry, LogHead, LogSource } from '../../src/index.ts';
import type { LogPosition } from '../../src/log/event-log.ts';
import type { Tampering } from '../processes/protocol.ts';

/** Shows a carrier a log that is not quite as it is: held back, with gaps, altered, emptied, or told twice. */
export class TamperedLog implements LogSource {
  tampering: Tampering;
  entriesRead = 0;
  readonly #log: LogSource;

  constructor(log: LogSource, tampering: Tampering = {}) {
    this.#log = log;
    this.tampering = tampering;
  }

  get topics(): LogSource['topics'] {
    return this.#log.topics;
  }

  async identity(): Promise<string> {
    return this.tampering.otherIdentity ? '00000000-0000-4000-8000-000000000000' : this.#log.identity();
  }

  async heads(): Promise<LogHead[]> {
    const heads = await this.#log.heads();
    if (this.tampering.emptied) return heads.map((head) => ({ ...head, pos: 0 }));
    return heads.map((head) => ({ ...head, pos: Math.min(head.pos, this.#upTo(head.topic)) }));
  }

  async readAfter(positions: readonly LogPosition[], limit: number): Promise<LogEntry[]> {
    const { emptied, hidden = [], altered = [], repeats = 0 } = this.tampering;
    if (emptied) return [];
    const asked = positions.map((position) => ({ ...position, pos: Math.max(0, position.pos - repeats) }));
    const entries = (await this.#log.readAfter(asked, limit + repeats)).filter(({ topic, pos }) => pos <= this.#upTo(topic) && !hidden.includes(pos));
    this.entriesRead += entries.length;
    return entries.map((entry) => (altered.includes(entry.pos) ? { ...entry, event: entry.event.replace('"counter"', '"Counter"') } : entry));
  }

  lastAppendedAt(topic: string): Promise<Date | undefined> {
    return this.#log.lastAppendedAt(topic);
  }

  #upTo(topic: string): number {
    const { upTo } = this.tampering;
    return upTo ? (upTo[topic] ?? 0) : Infinity;
  }
}
