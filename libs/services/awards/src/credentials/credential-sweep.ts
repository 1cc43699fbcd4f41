import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, isTransient } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { Logger } from '@mcr/runtime';
import { awardsToTryAgain } from '../storage/credential-store.ts';
import { CredentialIssuer } from './credential-issuer.ts';

const SWEEP_MS = 2_000;
const MOST = 200;
const MOST_IN_VAIN = 10;

/**
 * Looks again for awards that waited for a key of their institution, round and round: one that lacks something else hides none behind it. Nothing depends on
 * being told of the key.
 */
@Injectable()
export class CredentialSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;
  /** The last one that was looked at in this round. */
  private last: string | undefined;

  constructor(
    private readonly database: Database,
    private readonly issuer: CredentialIssuer,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep().then(() => (this.stopped ? undefined : this.onApplicationBootstrap()));
    }, SWEEP_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  /** To the end of the round; but after many who still lack something it leaves those behind them to the next sweep. */
  private async sweep(): Promise<void> {
    try {
      for (let inVain = 0; inVain < MOST_IN_VAIN && !this.stopped;) {
        const awardIds = await awardsToTryAgain(this.database, this.last, MOST);
        // Noted before they are tried: also those that cannot be tried hide nobody.
        this.last = awardIds.at(-1);
        if (this.last === undefined) return;
        const issued = await this.issuer.issue(awardIds);
        if (issued === 0) inVain += 1;
      }
    } catch (error) {
      const passes = isTransient(error) || (error instanceof Refusal && error.code === 'UNAVAILABLE');
      this.logger[passes ? 'warn' : 'error']({ err: error }, 'Awards that wait for their credential could not be looked at; the next sweep will');
    }
  }
}
