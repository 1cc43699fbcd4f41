import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, isTransient } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { Logger } from '@mcr/runtime';
import { awardsToTryAgain } from '../storage/credential-store.ts';
import { CredentialIssuer } from './credential-issuer.ts';

const SWEEP_MS = 2_000;
const MOST = 200;

/** Looks again for awards that waited for a key of their institution. Nothing depends on being told of the key. */
@Injectable()
export class CredentialSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

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

  private async sweep(): Promise<void> {
    try {
      let awardIds = await awardsToTryAgain(this.database, MOST);
      while (awardIds.length > 0 && !this.stopped) {
        await this.issuer.issue(awardIds);
        const next = await awardsToTryAgain(this.database, MOST);
        // The same again lack something else; the next sweep looks at them.
        awardIds = next[0] === awardIds[0] ? [] : next;
      }
    } catch (error) {
      const passes = isTransient(error) || (error instanceof Refusal && error.code === 'UNAVAILABLE');
      this.logger[passes ? 'warn' : 'error']({ err: error }, 'Awards that wait for their credential could not be looked at; the next sweep will');
    }
  }
}
