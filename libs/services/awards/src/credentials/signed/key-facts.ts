import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { topics } from '@mcr/contracts';
import type { Signer } from '@mcr/credentials';
import { Database } from '@mcr/database';
import { Messaging } from '@mcr/messaging';
import { FACTS_CONSUMER } from '../../consumers/facts.consumer.ts';
import { IntakeSettings } from '../../intake/intake-settings.ts';
import { signerOf } from '../../storage/verification-store.ts';

const LOOK_EVERY_MS = 100;

/** The keys of institutions, as their events told them here. */
@Injectable()
export class KeyFacts {
  constructor(
    private readonly database: Database,
    private readonly messaging: Messaging,
    private readonly settings: IntakeSettings,
  ) {}

  /** Undefined for an institution that never had a key, as far as is known here. */
  signer(institutionCode: string): Promise<Signer | undefined> {
    return signerOf(this.database, institutionCode);
  }

  /** Waits until everything that was told of keys before now is known here, but only as long as a record waits for any fact. */
  async catchUp(): Promise<void> {
    const rounds = Math.ceil(this.settings.factWaitMs / LOOK_EVERY_MS);
    for (let round = 0; round < rounds; round += 1) {
      // Where nobody can be asked just now, nothing is certain.
      if (await this.messaging.caughtUp(FACTS_CONSUMER, topics.institutions).catch(() => false)) return;
      await delay(LOOK_EVERY_MS);
    }
  }
}
