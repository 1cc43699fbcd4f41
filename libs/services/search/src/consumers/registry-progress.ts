import { Database } from '@mcr/database';
import { Messaging } from '@mcr/messaging';
import { Injectable } from '@nestjs/common';

const newestApplied = 'select topic, max(last_event_at) as "at" from registry.projection_state group by topic';

/** How far the registry has come with what the services have logged. */
@Injectable()
export class RegistryProgress {
  constructor(
    private readonly messaging: Messaging,
    private readonly database: Database,
  ) {}

  /** Milliseconds from the newest event that the registry shows to the newest one logged, on the topic furthest behind; 0 when nothing is behind. */
  async lagMs(): Promise<number> {
    const behind = (await this.messaging.lag()).filter((lag) => lag.behind > 0);
    if (behind.length === 0) return 0;
    const applied = new Map((await this.database.query<{ topic: string; at: Date }>(newestApplied)).map(({ topic, at }) => [topic, at.getTime()]));
    return Math.max(...behind.map(({ topic, lastAppendedAt }) => Math.max(1, (lastAppendedAt?.getTime() ?? 0) - (applied.get(topic) ?? 0))));
  }
}
