import { topics } from '@mcr/contracts';
import { Messaging } from '@mcr/messaging';
import { Injectable } from '@nestjs/common';
import { PATHWAYS_FACTS } from './pathways-facts.ts';

/** Tells whether everything that others had logged by now has arrived in pathways' own copy. */
@Injectable()
export class FactsArrival {
  constructor(private readonly messaging: Messaging) {}

  async isComplete(): Promise<boolean> {
    const [institutions, programs] = await Promise.all([
      this.messaging.caughtUp(PATHWAYS_FACTS, topics.institutions),
      this.messaging.caughtUp(PATHWAYS_FACTS, topics.programs),
    ]);
    return institutions && programs;
  }
}
