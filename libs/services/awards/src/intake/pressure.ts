import { statfs } from 'node:fs/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { Logger, Settings } from '@mcr/runtime';
import { IntakeSettings } from './intake-settings.ts';

const LOOK_EVERY_MS = 1_000;
const COME_BACK_SECONDS = 10;

/**
 * How many records are undecided, and how far the slowest reader of this service's own log is behind. What was sent to a Kafka that is no longer
 * configured holds up nobody, and credentials may follow as slowly as they must.
 */
const BACKLOG = `
  select (select count(*) from (select from submission where state = 'PENDING' limit $1) as undecided)::int as undecided,
         (select coalesce(max(behind), 0)
            from (select sum(h.pos - c.pos) as behind from checkpoint c join log_head h using (topic, partition)
           where (c.consumer <> 'awards.kafka' or $2) and c.consumer not in ('awards.credentials', 'awards.status-lists') group by c.consumer) as reader)::bigint as behind`;

/** Says when the intake must not take more: what it has taken is kept, and nothing may grow without a bound. */
@Injectable()
export class Pressure implements OnApplicationBootstrap, OnModuleDestroy {
  private current: Refusal | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly settings: IntakeSettings,
    private readonly registry: Settings,
    private readonly logger: Logger,
  ) {}

  /** @throws Refusal TOO_MANY_REQUESTS or UNAVAILABLE, with when to come back. */
  check(): void {
    if (this.current) throw this.current;
  }

  onApplicationBootstrap(): void {
    this.looking = this.look().finally(() => {
      if (!this.stopped) this.timer = setTimeout(() => this.onApplicationBootstrap(), LOOK_EVERY_MS);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    const before = this.current;
    try {
      this.current = (await this.tooFull()) ?? (await this.tooFarBehind());
    } catch (error) {
      // The database is away: whoever sends now learns that from the intake itself.
      this.logger.warn({ err: error }, 'The backlog of the intake cannot be looked at');
    }
    if (this.current && this.current.message !== before?.message)
      this.logger.error({ code: this.current.code }, `The intake takes nothing: ${this.current.message}`);
    if (before && !this.current) this.logger.info({ code: before.code }, 'The intake takes records again');
  }

  private async tooFarBehind(): Promise<Refusal | undefined> {
    const { mostUndecided, mostBehind } = this.settings;
    const [backlog] = await this.database.query<{ undecided: number; behind: string }>(BACKLOG, [mostUndecided + 1, this.registry.kafka !== undefined]);
    const refusal = (detail: string): Refusal => new Refusal('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: COME_BACK_SECONDS });
    if (backlog!.undecided > mostUndecided) return refusal(`More than ${mostUndecided} records wait to be decided.`);
    if (Number(backlog!.behind) > mostBehind) return refusal(`More than ${mostBehind} events wait to be carried on.`);
    return undefined;
  }

  /** Only where the database lies on this machine; elsewhere it says itself that it is full. */
  private async tooFull(): Promise<Refusal | undefined> {
    if (this.registry.databaseUrl !== undefined || this.registry.databaseUrlOf('awards') !== undefined) return undefined;
    const { bavail, bsize } = await statfs(this.registry.dataDir);
    if (bavail * bsize >= this.settings.leastFreeBytes) return undefined;
    return new Refusal('UNAVAILABLE', 'The disk is nearly full.', { retryAfterSeconds: COME_BACK_SECONDS });
  }
}
