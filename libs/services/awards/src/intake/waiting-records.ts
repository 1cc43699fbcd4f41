import { Injectable } from '@nestjs/common';
import { topics } from '@mcr/contracts';
import { Database } from '@mcr/database';
import { Messaging } from '@mcr/messaging';
import { FACTS_CONSUMER } from '../consumers/facts.consumer.ts';
import { countWaitingForRevisions, dueAt, type SourceAwardKey } from '../storage/submission-store.ts';
import { IntakeSettings } from './intake-settings.ts';

const MOST_AT_ONCE = 2_000;

export interface DueRecords {
  readonly keys: readonly SourceAwardKey[];
  readonly factsCompleteUntil?: Date;
}

/** What waits, as it is stored. */
@Injectable()
export class WaitingRecords {
  constructor(
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly settings: IntakeSettings,
  ) {}

  /** What may be decidable at `now`, and whether everything that was published before `now` is known here. */
  async dueAt(now: Date): Promise<DueRecords> {
    const keys = await dueAt(this.database, now, this.settings, MOST_AT_ONCE);
    const complete = keys.length > 0 && (await this.messaging.caughtUp(FACTS_CONSUMER, topics.programs));
    return { keys, factsCompleteUntil: complete ? now : undefined };
  }

  /** How many records have waited for an earlier revision for half of the time that they are given. */
  lateAt(now: Date): Promise<number> {
    return countWaitingForRevisions(this.database, new Date(now.getTime() - this.settings.revisionGapMs / 2));
  }
}
