import { Injectable } from '@nestjs/common';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { readCallers, type CallerFact } from '../storage/fact-store.ts';

interface Waiting {
  readonly found: (caller: CallerFact | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Says for which institution a publishing client speaks, by the copy that is kept here and never by what its token claims.
 * Questions that come while one statement runs go together in the next one; nobody is answered from a statement that began before they asked.
 */
@Injectable()
export class Callers {
  private waiting = new Map<string, Waiting[]>();
  private reading = false;

  constructor(private readonly database: Database) {}

  /** @throws Refusal CLIENT_UNKNOWN, which passes once the registration has arrived here, or CLIENT_REVOKED. */
  async clientOf({ clientId }: Principal): Promise<CallerFact> {
    const caller = await this.find(clientId);
    if (!caller) throw new Refusal('CLIENT_UNKNOWN', undefined, { retryAfterSeconds: 1 });
    if (caller.clientStatus === 'REVOKED') throw new Refusal('CLIENT_REVOKED');
    return caller;
  }

  /** The code of the institution that the client may publish for now. */
  async publisherOf(principal: Principal): Promise<string> {
    const { institutionCode, institutionStatus } = await this.clientOf(principal);
    if (institutionStatus === 'SUSPENDED') throw new Refusal('INSTITUTION_SUSPENDED');
    if (institutionStatus !== 'ACTIVE') throw new Refusal('FORBIDDEN', 'The institution is not active.');
    return institutionCode;
  }

  private find(clientId: string): Promise<CallerFact | undefined> {
    return new Promise((found, failed) => {
      const others = this.waiting.get(clientId);
      if (others) others.push({ found, failed });
      else this.waiting.set(clientId, [{ found, failed }]);
      if (!this.reading) void this.read();
    });
  }

  private async read(): Promise<void> {
    this.reading = true;
    while (this.waiting.size > 0) {
      const asked = this.waiting;
      this.waiting = new Map();
      try {
        const callers = new Map((await readCallers(this.database, [...asked.keys()])).map((caller) => [caller.clientId, caller]));
        for (const [clientId, questions] of asked) for (const { found } of questions) found(callers.get(clientId));
      } catch (error) {
        for (const questions of asked.values()) for (const { failed } of questions) failed(error);
      }
    }
    this.reading = false;
  }
}
